import type { GoCode, GoFile } from '../analysis/go/project-facts.ts';
import { cLibrariesIn } from './c-libraries.ts';
import { buildConstraint, embedPatterns } from './go-comments.ts';
import { healthIn } from './go-health.ts';
import { mentionsIn } from './go-mentions.ts';
import { type Tokens, tokenKinds, tokensOf } from './go-tokens.ts';
import { type Import, usesIn } from './go-uses.ts';
import { declaredIn } from './go-variables.ts';
import { isQuote, skipBlank, skipLiteral } from './scan.ts';

interface Imports {
  readonly imports: readonly Import[];
  /** Offset behind the last import declaration. */
  readonly end: number;
}

const identifier = /[\p{L}_][\p{L}\p{N}_]*/uy;

const wordAt = (text: string, at: number): string => {
  identifier.lastIndex = at;
  return identifier.exec(text)?.[0] ?? '';
};

/** One import spec: `"path"`, `alias "path"`, `. "path"`, `_ "path"`; undefined at anything else. */
const readSpec = (text: string, from: number): { spec: Import; end: number } | undefined => {
  const name = text[from] === '.' ? '.' : wordAt(text, from);
  const at = skipBlank(text, from + name.length);
  if (text[at] === "'" || !isQuote(text[at])) return undefined;
  const end = skipLiteral(text, at);
  return { spec: { name, path: text.slice(at + 1, end - 1) }, end };
};

const readGroup = (text: string, from: number, imports: Import[]): number => {
  let at = skipBlank(text, from);
  while (at < text.length && text[at] !== ')') {
    const read = readSpec(text, at);
    if (read === undefined) return at;
    imports.push(read.spec);
    at = skipBlank(text, read.end);
  }
  return Math.min(at + 1, text.length);
};

const readImports = (text: string, from: number): Imports => {
  const imports: Import[] = [];
  let end = from;
  for (let at = skipBlank(text, from); wordAt(text, at) === 'import'; at = skipBlank(text, end)) {
    at = skipBlank(text, at + 'import'.length);
    if (text[at] === '(') {
      end = readGroup(text, at + 1, imports);
      continue;
    }
    const read = readSpec(text, at);
    if (read === undefined) break;
    imports.push(read.spec);
    end = read.end;
  }
  return { imports, end };
};

const linesBefore = (text: string, offset: number): number => {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
};

const schemesIn = ({ text, kinds, starts, count }: Tokens): GoCode['schemes'] => {
  const found = new Set<'http' | 'https'>();
  for (let at = 0; at < count && found.size < 2; at++) {
    if (kinds[at] !== tokenKinds.text) continue;
    const start = (starts[at] ?? 0) + 1;
    for (const scheme of ['http', 'https'] as const) if (text.startsWith(`${scheme}://`, start)) found.add(scheme);
  }
  return [...found];
};

/** What stands behind the imports, from offset `from` on. */
const readCode = (
  text: string,
  imports: readonly Import[],
  from: number,
  main: boolean,
): GoCode & Pick<GoFile, 'embeds'> => {
  const embeds = new Set<string>();
  const comment = (start: number, end: number): void => {
    for (const pattern of embedPatterns(text, start, end)) embeds.add(pattern);
  };
  const tokens = tokensOf(text, from, imports.some(({ path }) => path === 'embed') ? comment : undefined);
  const uses = usesIn(tokens, imports, from, linesBefore(text, from));
  const health = healthIn(tokens, imports, main);
  return {
    uses,
    ...declaredIn(tokens, imports),
    schemes: schemesIn(tokens),
    health,
    mentions: mentionsIn(tokens, imports),
    embeds: [...embeds],
  };
};

/** The text is asked for the words first: most have none. */
const hasGenerate = (text: string): boolean => text.includes('//go:generate') && /^\/\/go:generate\s/m.test(text);

/**
 * What a Go source says. Any text is accepted: what cannot be read is left out, and a text without a package clause has
 * the package name `''`. With `head` alone the scan stops behind the imports.
 */
export const parseGoFile = (name: string, text: string, reads: 'head' | 'code' = 'code'): GoFile => {
  const comments: string[] = [];
  const start = skipBlank(text, 0, (from, to) => comments.push(text.slice(from, to)));
  const constraint = buildConstraint(comments);
  if (wordAt(text, start) !== 'package') {
    return { name, packageName: '', imports: [], cgo: false, constraint, embeds: [] };
  }
  const nameAt = skipBlank(text, start + 'package'.length);
  const packageName = wordAt(text, nameAt);
  const { imports, end } = readImports(text, nameAt + packageName.length);
  const paths = [...new Set(imports.map(({ path }) => path))];
  const cgo = paths.includes('C');
  const libraries = cgo ? { libraries: cLibrariesIn(text.slice(0, end)) } : {};
  const head = { name, packageName, imports: paths, cgo, constraint, ...libraries };
  if (reads === 'head') return { ...head, embeds: [] };
  const { embeds, ...code } = readCode(text, imports, end, packageName === 'main');
  return { ...head, ...(hasGenerate(text) && { generates: true }), embeds, code };
};
