import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { saveImage } from '../measure.ts';
import type { ImagePlace } from './tool.ts';

/** An image as a docker archive. */
export interface Saved {
  /** Its absolute path; saved at the first call. Rejects with a sentence, also after an abort. */
  readonly archive: () => Promise<string>;
  /** Takes what was saved away again. */
  readonly remove: () => Promise<void>;
}

/**
 * Tools get a copy of what an engine has: asked for a name they look for an engine of their own choice, without podman's service
 * in none, and grype would pull from a registry what it does not find there.
 */
export function savedImage(image: ImagePlace, signal: AbortSignal): Saved {
  if ('archive' in image) return { archive: async () => image.archive, remove: async () => {} };
  let folder: string | undefined;
  const save = async (): Promise<string> => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'go-dockerfile-scan-'));
    const archive = path.join(folder, 'image.tar');
    await saveImage(image.engine, image.reference, archive, signal);
    // A container reads it as somebody else; the folder lets nobody else of this machine in.
    await chmod(archive, 0o644);
    return archive;
  };
  let saved: Promise<string> | undefined;
  return {
    archive: () => {
      saved ??= save();
      return saved;
    },
    remove: async () => {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
