import type { GoFile } from '../analysis/go/project-facts.ts';
import { buildConstraint, embedPatterns } from './go-comments.ts';
import { isQuote, skipBlank, skipLiteral } from './scan.ts';

interface Imports {
  readonly paths: readonly string[];
  /** Offset behind the last import declaration. */
  readonly end: number;
}

const identifier = /[\p{L}_][\p{L}\p{N}_]*/uy;

const wordAt = (text: string, at: number): string => {
  identifier.lastIndex = at;
  return identifier.exec(text)?.[0] ?? '';
};

/** One import spec: `"path"`, `alias "path"`, `. "path"`, `_ "path"`; undefined at anything else. */
const readSpec = (text: string, from: number): { path: string; end: number } | undefined => {
  const name = text[from] === '.' ? '.' : wordAt(text, from);
  const at = skipBlank(text, from + name.length);
  if (text[at] === "'" || !isQuote(text[at])) return undefined;
  const end = skipLiteral(text, at);
  return { path: text.slice(at + 1, end - 1), end };
};

const readGroup = (text: string, from: number, paths: string[]): number => {
  let at = skipBlank(text, from);
  while (at < text.length && text[at] !== ')') {
    const spec = readSpec(text, at);
    if (spec === undefined) return at;
    paths.push(spec.path);
    at = skipBlank(text, spec.end);
  }
  return Math.min(at + 1, text.length);
};

const readImports = (text: string, from: number): Imports => {
  const paths: string[] = [];
  let end = from;
  for (let at = skipBlank(text, from); wordAt(text, at) === 'import'; at = skipBlank(text, end)) {
    at = skipBlank(text, at + 'import'.length);
    if (text[at] === '(') {
      end = readGroup(text, at + 1, paths);
      continue;
    }
    const spec = readSpec(text, at);
    if (spec === undefined) break;
    paths.push(spec.path);
    end = spec.end;
  }
  return { paths, end };
};

/**
 * What the head of a Go source says, and its embed patterns. Any text is accepted: what cannot be read is left out, and a
 * text without a package clause has the package name `''`. The scan stops behind the imports unless "embed" is imported.
 */
export const parseGoFile = (name: string, text: string): GoFile => {
  const comments: string[] = [];
  const start = skipBlank(text, 0, (from, to) => comments.push(text.slice(from, to)));
  const constraint = buildConstraint(comments);
  if (wordAt(text, start) !== 'package') {
    return { name, packageName: '', imports: [], cgo: false, constraint, embeds: [] };
  }
  const nameAt = skipBlank(text, start + 'package'.length);
  const packageName = wordAt(text, nameAt);
  const { paths, end } = readImports(text, nameAt + packageName.length);
  return {
    name,
    packageName,
    imports: [...new Set(paths)],
    cgo: paths.includes('C'),
    constraint,
    embeds: paths.includes('embed') ? embedPatterns(text, end) : [],
  };
};
