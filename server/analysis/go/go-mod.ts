import { type ModLine, modLines } from './mod-lines.ts';
import type { GoLine, GoMod, GoReplace, GoRequire } from './project-facts.ts';

const lineOf = (lines: readonly ModLine[], directive: string): GoLine | undefined => {
  const found = lines.find((each) => each.directive === directive && each.words.length > 0);
  const version = found?.words[0];
  const [from, to] = found?.columns[0] ?? [0, 0];
  if (!found || version === undefined) return undefined;
  const { line } = found;
  return { version, range: { start: { line, character: from }, end: { line, character: to } } };
};

const requireOf = ({ words, comment }: ModLine): readonly GoRequire[] => {
  const [path, version] = words;
  if (path === undefined || version === undefined) return [];
  return [{ path, version, indirect: /^indirect(?:;|$)/.test(comment) }];
};

const isFolder = (target: string): boolean => /^(?:\.{1,2}(?:[\\/]|$)|\/|[A-Za-z]:[\\/])/.test(target);

const replaceOf = ({ words }: ModLine): readonly GoReplace[] => {
  const arrow = words.indexOf('=>');
  const [path, version] = arrow > 0 ? words.slice(0, arrow) : [];
  const target = words[arrow + 1];
  if (path === undefined || target === undefined) return [];
  return [{ path, version, folder: isFolder(target) ? target : undefined, target, targetVersion: words[arrow + 2] }];
};

const of = (lines: readonly ModLine[], directive: string): readonly ModLine[] =>
  lines.filter((each) => each.directive === directive);

/** Reads a go.mod. What is missing or unreadable is undefined or empty; no text makes it throw. */
export const parseGoMod = (text: string): GoMod => {
  const lines = modLines(text);
  return {
    path: of(lines, 'module').find(({ words }) => words.length > 0)?.words[0],
    go: lineOf(lines, 'go'),
    toolchain: lineOf(lines, 'toolchain'),
    requires: of(lines, 'require').flatMap(requireOf),
    replaces: of(lines, 'replace').flatMap(replaceOf),
    directives: new Set(lines.map(({ directive }) => directive)),
  };
};

/** A parsed go.work. */
export interface GoWork {
  readonly go: GoLine | undefined;
  /** Folders of the members as written. */
  readonly uses: readonly string[];
  readonly replaces: readonly GoReplace[];
}

/** Reads a go.work as tolerantly as {@link parseGoMod}. */
export const parseGoWork = (text: string): GoWork => {
  const lines = modLines(text);
  return {
    go: lineOf(lines, 'go'),
    uses: of(lines, 'use').flatMap(({ words }) => words.slice(0, 1)),
    replaces: of(lines, 'replace').flatMap(replaceOf),
  };
};

/** Module paths of a vendor/modules.txt (`# path version`, `# path => target`). */
export const parseVendorModules = (text: string): ReadonlySet<string> => {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  return new Set(lines.flatMap((line) => /^# ([^\s#]+)(?: |$)/.exec(line)?.[1] ?? []));
};
