import type { GoUse } from '../analysis/go/project-facts.ts';
import {
  keepsFunction,
  keepsSetting,
  keptMethods,
  keptNames,
  packageName,
  unversioned,
} from '../analysis/go/vocabulary.ts';
import { argumentsAt, literalAt } from './go-arguments.ts';
import { toleratesAbsence } from './go-failures.ts';
import { sourceOf, type Tokens, tokenKinds } from './go-tokens.ts';

/** An import as written: `name` is `''` without an alias, `.` and `_` as they are. */
export interface Import {
  readonly name: string;
  readonly path: string;
}

interface Names {
  /** Import paths of which names are kept, by the name they have in the file. */
  readonly qualifiers: ReadonlyMap<string, string>;
  /** Kept names of packages imported with a dot. */
  readonly dotted: ReadonlyMap<string, string>;
  readonly joins: ReadonlySet<string>;
}

/** The name by which a file knows an imported package. */
export const localName = ({ name, path }: Import): string => (name === '' ? packageName(path) : name);

const namesOf = (imports: readonly Import[]): Names => {
  const kept = imports.filter(({ path }) => keptNames(path));
  const dotted = kept.filter(({ name }) => name === '.');
  return {
    qualifiers: new Map(
      kept.filter(({ name }) => name !== '.' && name !== '_').map((each) => [localName(each), unversioned(each.path)]),
    ),
    dotted: new Map(dotted.flatMap(({ path }) => [...(keptNames(path) ?? [])].map((name) => [name, path] as const))),
    joins: new Set(imports.filter(({ path }) => path === 'path' || path === 'path/filepath').map(localName)),
  };
};

const code = (char: string): number => char.charCodeAt(0);

const [open, dot, colon, equals, brace, closingBrace] = [
  code('('),
  code('.'),
  code(':'),
  code('='),
  code('{'),
  code('}'),
];

/** What ends an expression of which a literal is the whole. */
const ends: ReadonlySet<number | undefined> = new Set([code(';'), code(','), code(')'), closingBrace, 0]);

/** What `name = …`, `name := …`, `name: …` or `name string = …` gives; undefined for all else. */
const givenAt = (tokens: Tokens, at: number): Pick<GoUse, 'kind' | 'arguments'> | undefined => {
  const { kinds } = tokens;
  let next = at + 1;
  const kind = kinds[next] === colon && kinds[next + 1] !== equals ? 'field' : 'set';
  if (kinds[next] === tokenKinds.name && kinds[next + 1] === equals) next += 2;
  else if (kinds[next] === colon) next += kinds[next + 1] === equals ? 2 : 1;
  else if (kinds[next] === equals) next += 1;
  else return undefined;
  if (kinds[next] === equals || kinds[next] === 0) return undefined;
  return { kind, arguments: [ends.has(kinds[next + 1]) ? literalAt(tokens, next) : undefined] };
};

/** Keeps the first of equal uses, counts lines as it goes, and learns which qualifiers are declared in the file too. */
const collector = (tokens: Tokens, firstLine: number, from: number) => {
  const { text, starts } = tokens;
  const uses = new Map<string, GoUse>();
  const declared = new Set<string>();
  let line = firstLine;
  let counted = from;
  return {
    declare: (name: string) => declared.add(name),
    add(at: number, use: Omit<GoUse, 'line' | 'sure' | 'tolerated'>): void {
      const tolerated = toleratesAbsence(tokens, at, use.from, use.name);
      const key = JSON.stringify([use.from, use.name, use.kind, use.arguments.map((each) => each ?? null), tolerated]);
      if (uses.has(key)) return;
      for (const until = starts[at] ?? 0; ; line++) {
        const newline = text.indexOf('\n', counted);
        if (newline < 0 || newline >= until) break;
        counted = newline + 1;
      }
      uses.set(key, { ...use, line, sure: true, ...(tolerated && { tolerated }) });
    },
    uses: (isDeclared: (use: GoUse, declared: ReadonlySet<string>) => boolean): GoUse[] =>
      [...uses.values()].map((use) => (isDeclared(use, declared) ? { ...use, sure: false } : use)),
  };
};

type Collector = ReturnType<typeof collector>;

const called = (tokens: Tokens, at: number, { joins }: Names): Pick<GoUse, 'kind' | 'arguments'> =>
  tokens.kinds[at + 1] === open
    ? { kind: 'call', arguments: argumentsAt(tokens, at + 1, joins) }
    : { kind: 'mention', arguments: [] };

/** A name behind a dot, or one that nothing qualifies. */
const visitPlain = (tokens: Tokens, at: number, name: string, names: Names, found: Collector): void => {
  const { kinds } = tokens;
  const isMember = kinds[at - 1] === dot;
  const from = isMember ? undefined : names.dotted.get(name);
  if (from !== undefined) found.add(at, { from, name, ...called(tokens, at, names) });
  else if (kinds[at + 1] === open) {
    const isKept = isMember ? keptMethods.has(name) || keepsFunction(name) : keepsFunction(name);
    const isDeclaration = kinds[at - 1] === tokenKinds.name && sourceOf(tokens, at - 1) === 'func';
    if (isKept && !isDeclaration) found.add(at, { from: '', name, ...called(tokens, at, names) });
  } else if (keepsSetting(name)) {
    const given = givenAt(tokens, at);
    if (given) found.add(at, { from: '', name, ...given });
  }
};

/** A name that is also an import's, standing alone: a field's key and a field's declaration hide nothing. */
const declares = ({ kinds }: Tokens, at: number, inStruct: boolean): boolean => {
  if (inStruct || kinds[at - 1] === dot) return false;
  return kinds[at + 1] !== colon || kinds[at + 2] === equals;
};

/** First characters of names that an import gives, by character code. */
const initialsOf = ({ qualifiers, dotted }: Names): ReadonlySet<number> =>
  new Set([...qualifiers.keys(), ...dotted.keys()].map((name) => name.charCodeAt(0)));

const isStruct = ({ text, kinds, starts, ends: until }: Tokens, at: number): boolean =>
  kinds[at] === tokenKinds.name &&
  (until[at] ?? 0) - (starts[at] ?? 0) === 'struct'.length &&
  text.startsWith('struct', starts[at]);

/** Whether what follows a name can make it a kept one that no import qualifies. */
const mayBeKept = (next: number | undefined): boolean =>
  next === open || next === colon || next === equals || next === tokenKinds.name;

/** The kept names of the code behind the imports; `line` is the zero-based line of offset `from`, where the tokens begin. */
export const usesIn = (tokens: Tokens, imports: readonly Import[], from: number, line: number): readonly GoUse[] => {
  const { kinds, count, text, starts } = tokens;
  const names = namesOf(imports);
  const initials = initialsOf(names);
  const found = collector(tokens, line, from);
  const structs: boolean[] = [];
  const qualifierOf = new Map([...names.qualifiers].map(([name, path]) => [path, name]));
  for (let at = 0; at < count; at++) {
    const kind = kinds[at];
    if (kind === brace) structs.push(isStruct(tokens, at - 1));
    else if (kind === closingBrace) structs.pop();
    if (kind !== tokenKinds.name) continue;
    const mayBeImported = kinds[at - 1] !== dot && initials.has(text.charCodeAt(starts[at] ?? 0));
    if (!mayBeImported && !mayBeKept(kinds[at + 1])) continue;
    const name = sourceOf(tokens, at);
    const path = mayBeImported ? names.qualifiers.get(name) : undefined;
    if (path === undefined) visitPlain(tokens, at, name, names, found);
    else if (kinds[at + 1] === dot && kinds[at + 2] === tokenKinds.name) {
      at += 2;
      const member = sourceOf(tokens, at);
      if (keptNames(path)?.has(member)) found.add(at, { from: path, name: member, ...called(tokens, at, names) });
    } else if (declares(tokens, at, structs.at(-1) ?? false)) found.declare(name);
  }
  return found.uses(({ from: path }, declared) => declared.has(qualifierOf.get(path) ?? ''));
};
