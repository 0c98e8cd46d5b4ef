import { basename, dirname, isAbsolute, join, posix, relative, sep } from 'node:path';
import dockerignore from '@balena/dockerignore';
import type { ContextFacts, IgnoreLine } from '../analysis/go/project-facts.ts';
import type { Disk } from './disk.ts';

/** What an ignore file says of the paths of a context. */
type IgnoreFile = Pick<ContextFacts, 'isIgnored' | 'hiding'>;

export interface IgnoreRules extends IgnoreFile {
  /** Relative to the context, with `/`; undefined when the build has no ignore file. */
  readonly file: string | undefined;
}

const none: IgnoreRules = { file: undefined, isIgnored: () => false, hiding: () => undefined };

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

/** As Docker looks a path up; undefined for the context itself, which nothing hides. */
const cleaned = (path: string): string | undefined => {
  const clean = posix.normalize(path).replace(/^\/|\/$/g, '');
  return clean === '' || clean === '.' ? undefined : clean;
};

/** With its text as it stands: a `#` after blanks begins a pattern, not a comment. */
const linesOf = (text: string): readonly (IgnoreLine & { readonly raw: string })[] =>
  text.split('\n').map((whole, line) => ({
    raw: whole.replace(/\r$/, ''),
    pattern: whole.trim(),
    range: { start: { line, character: 0 }, end: { line, character: whole.replace(/\r$/, '').length } },
    newline: whole.endsWith('\r') ? '\r\n' : '\n',
  }));

/** Whether the pattern of a line, `!` or not, speaks of the path. */
const speaksOf = (raw: string, path: string): boolean => compile(raw.replace(/^\s*!\s*/, ''))?.ignores(path) ?? false;

/**
 * Patterns of an ignore file with Docker's semantics: the last pattern that matches the path or one of its parents decides.
 * A Dockerfile or ignore file that is hidden still reaches the builder, but no COPY can take it: hidden is the answer here
 * too. A pattern that cannot be read is left out.
 */
export const parseIgnoreFile = (text: string): IgnoreFile => {
  const lines = linesOf(text.replace(/^\ufeff/, ''));
  const rules = dockerignore.default({ ignorecase: false });
  for (const { raw } of lines) {
    const compiled = compile(raw);
    if (compiled) rules.add(compiled as unknown as string);
  }
  const isIgnored = (path: string): boolean => {
    const clean = cleaned(path);
    return clean !== undefined && rules.ignores(clean);
  };
  return {
    isIgnored,
    hiding: (path) => {
      if (!isIgnored(path)) return undefined;
      const clean = cleaned(path) ?? '';
      return lines.findLast(({ raw, pattern }) => pattern !== '' && speaksOf(raw, clean));
    },
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
    if (path === undefined || !(await disk.has(dirname(path), basename(path)))) continue;
    const rules = await disk.read(path, parseIgnoreFile);
    if (rules) return { file: below(context, path) ?? path, ...rules };
  }
  return none;
};
