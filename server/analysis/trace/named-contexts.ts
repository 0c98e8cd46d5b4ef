import type { Caller } from '../caller.ts';
import { certain, type Known, unknown } from '../known.ts';

/** The image behind a name that callers give to a build context: unknown for a folder, another target or what differs. Undefined for any other name. */
export type NamedContexts = (name: string) => Known<string> | undefined;

/** Names are compared as references are: `alpine` is `docker.io/library/alpine:latest`. */
const normal = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^docker\.io\//, '')
    .replace(/^library\//, '')
    .replace(/:latest$/, '');

const imageOf = (value: string | undefined): string | undefined => /^docker-image:\/\/(.+)$/.exec(value ?? '')?.[1];

/** The build contexts that compose files, Bake files and workflows name for a Dockerfile. */
export const namedContexts = (callers: readonly Caller[]): NamedContexts => {
  const known = new Map<string, { readonly image: string | undefined; readonly value: Known<string> }>();
  for (const { contexts, path: file, range, name: caller } of callers) {
    for (const [name, written] of contexts ?? []) {
      const image = imageOf(written);
      const message = {
        template: 'The {caller} gives {name} as {written}.',
        values: { caller, name, written: written ?? '' },
      };
      const value = image === undefined ? unknown : certain(image, [{ file, range, message }]);
      const before = known.get(normal(name));
      const differs = before !== undefined && before.image !== image;
      known.set(normal(name), differs ? { image: undefined, value: unknown } : { image, value });
    }
  }
  return (name) => known.get(normal(name))?.value;
};
