import { basename, dirname, isAbsolute, join, posix, relative, sep } from 'node:path';
import dockerignore from '@balena/dockerignore';
import type { Disk } from './disk.ts';

export interface IgnoreRules {
  /** Relative to the context, with `/`; undefined when the build has no ignore file. */
  readonly file: string | undefined;
  isIgnored(path: string): boolean;
}

const none: IgnoreRules = { file: undefined, isIgnored: () => false };

/** Docker takes these as they are; the library would hand them to its regular expression. */
const escaped = (pattern: string): string => (sep === '/' ? pattern.replace(/(?<!\\)[+(){}|]/g, '\\$&') : pattern);

const compile = (pattern: string): ReturnType<typeof dockerignore.default> | undefined => {
  const rules = dockerignore.default({ ignorecase: false }).add([escaped(pattern)]);
  try {
    rules.ignores('a/b');
    return rules;
  } catch {
    return undefined;
  }
};

/**
 * Patterns of an ignore file with Docker's semantics: the last pattern that matches the path or one of its parents decides.
 * A Dockerfile or ignore file that is hidden still reaches the builder, but no COPY can take it: hidden is the answer here
 * too. A pattern that cannot be read is left out.
 */
export const parseIgnoreFile = (text: string): ((path: string) => boolean) => {
  const rules = dockerignore.default({ ignorecase: false });
  for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const compiled = compile(line);
    if (compiled) rules.add(compiled as unknown as string);
  }
  return (path) => {
    const clean = posix.normalize(path).replace(/^\/|\/$/g, '');
    return clean !== '' && clean !== '.' && rules.ignores(clean);
  };
};

/** A path below `folder`, relative to it with `/`; undefined when it lies elsewhere. */
export const below = (folder: string, path: string): string | undefined => {
  const inner = relative(folder, path).split(sep).join('/');
  return inner === '..' || inner.startsWith('../') || isAbsolute(inner) ? undefined : inner;
};

/**
 * The rules Docker applies to a build of `dockerfile` (absolute) in `context` (absolute): `<name>.dockerignore` beside the
 * Dockerfile, else `.dockerignore` of the context.
 */
export const readIgnoreRules = async (
  disk: Disk,
  context: string,
  dockerfile: string | undefined,
): Promise<IgnoreRules> => {
  const own = dockerfile && join(dirname(dockerfile), `${basename(dockerfile)}.dockerignore`);
  for (const path of [own, join(context, '.dockerignore')]) {
    if (path === undefined) continue;
    const isIgnored = await disk.read(path, parseIgnoreFile);
    if (isIgnored) return { file: below(context, path) ?? path, isIgnored };
  }
  return none;
};
