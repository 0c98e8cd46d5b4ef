import path from 'node:path';
import type { Measured } from './builds.ts';
import { pathOf } from './documents.ts';
import type { Session } from './session.ts';

/** The last image that was built of a Dockerfile; or one sentence why nothing can be said of it. */
export function builtImage(
  { builds, environment }: Session,
  uri: string,
): { readonly measured: Measured; readonly file: string; readonly name: string } | { readonly reason: string } {
  if (!environment.trusted())
    return { reason: 'Reading an image starts the container engine: trust this workspace first.' };
  const measured = builds.measured(uri);
  const file = pathOf(uri);
  if (!measured || file === undefined)
    return { reason: 'Nothing is known of an image of this Dockerfile: build it first.' };
  return { measured, file, name: path.basename(file) };
}
