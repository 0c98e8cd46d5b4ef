import type { GoCode, GoVariable } from '../analysis/go/project-facts.ts';
import { mayBeStd } from '../analysis/go/std-packages.ts';
import { isClosing, isOpening, sourceOf, type Tokens, tokenKinds } from './go-tokens.ts';
import { type Import, localName } from './go-uses.ts';

const code = (char: string): number => char.charCodeAt(0);

const [semicolon, comma, equals, plus, dot, open, close, star] = [
  code(';'),
  code(','),
  code('='),
  code('+'),
  code('.'),
  code('('),
  code(')'),
  code('*'),
];

/** The index of the first of these signs outside brackets, or of the bracket that closes what is around. */
const find = ({ kinds, count }: Tokens, from: number, signs: readonly number[]): number => {
  let depth = 0;
  for (let at = from; at < count; at++) {
    const kind = kinds[at] ?? 0;
    if (depth === 0 && (signs.includes(kind) || isClosing(kind))) return at;
    if (isOpening(kind)) depth++;
    else if (isClosing(kind)) depth--;
  }
  return count;
};

/** A function of the standard library: one's own may be so small that the compiler puts its value in its place. */
const isCall = (tokens: Tokens, from: number, std: ReadonlySet<string>): boolean => {
  const { kinds } = tokens;
  if (kinds[from] !== tokenKinds.name || kinds[from + 1] !== dot || kinds[from + 3] !== open) return false;
  return std.has(sourceOf(tokens, from));
};

const initialOf = (tokens: Tokens, from: number, to: number, std: ReadonlySet<string>): GoVariable['initial'] => {
  const { kinds } = tokens;
  for (let at = from; at < to; at++) {
    if (kinds[at] === ((at - from) % 2 === 0 ? tokenKinds.text : plus)) continue;
    return isCall(tokens, from, std) ? 'call' : 'other';
  }
  return (to - from) % 2 === 1 ? 'text' : 'other';
};

interface Specs {
  readonly variables: GoVariable[];
  readonly end: number;
}

/** `a, b string = "x", "y"`. */
const readSpec = (tokens: Tokens, from: number, constant: boolean, std: ReadonlySet<string>): Specs => {
  const { kinds, count } = tokens;
  const names: string[] = [];
  let at = from;
  for (; kinds[at] === tokenKinds.name; at += 2) {
    names.push(sourceOf(tokens, at));
    if (kinds[at + 1] === comma) continue;
    at += 1;
    break;
  }
  const typeEnd = find(tokens, at, [equals, semicolon]);
  const written = typeEnd > at;
  const isString = typeEnd === at + 1 && kinds[at] === tokenKinds.name && sourceOf(tokens, at) === 'string';
  const initials: GoVariable['initial'][] = [];
  let end = typeEnd;
  while (end < count && (kinds[end] === equals || kinds[end] === comma)) {
    const next = find(tokens, end + 1, [comma, semicolon]);
    initials.push(initialOf(tokens, end + 1, next, std));
    end = next;
  }
  const type = written ? (isString ? 'string' : 'other') : undefined;
  const variables = names.map((name, index): GoVariable => {
    // One call may give all of them their values.
    const initial = initials.length === 0 ? 'none' : (initials[index] ?? initials[0] ?? 'other');
    return { name, constant, type, initial };
  });
  return { variables, end };
};

const readDeclaration = (tokens: Tokens, from: number, constant: boolean, std: ReadonlySet<string>): Specs => {
  const { kinds, count } = tokens;
  if (kinds[from] !== open) return readSpec(tokens, from, constant, std);
  const variables: GoVariable[] = [];
  let at = from + 1;
  while (at < count && kinds[at] !== close) {
    if (kinds[at] === semicolon) {
      at++;
      continue;
    }
    const spec = readSpec(tokens, at, constant, std);
    variables.push(...spec.variables);
    if (spec.end <= at) break;
    at = spec.end;
  }
  return { variables, end: at };
};

/** The name of a function, or of the type that a method belongs to: `(r *T)`, `(T)`, `(r *T[K])`. */
const calledBy = (tokens: Tokens, from: number): string => {
  const { kinds } = tokens;
  if (kinds[from] === tokenKinds.name) return sourceOf(tokens, from);
  if (kinds[from] !== open) return '';
  let name = '';
  for (let at = from + 1; at < from + 5 && (kinds[at] === tokenKinds.name || kinds[at] === star); at++) {
    if (kinds[at] === tokenKinds.name) name = sourceOf(tokens, at);
  }
  return name;
};

/** Variables of the package that a file declares, its constants of text, and what other packages can call. */
export const declaredIn = (tokens: Tokens, imports: readonly Import[]): Pick<GoCode, 'variables' | 'callable'> => {
  const std = new Set(imports.filter(({ path }) => mayBeStd(path)).map(localName));
  const { kinds, count } = tokens;
  const found: GoVariable[] = [];
  const callable = new Set<string>();
  let depth = 0;
  for (let at = 0; at < count; at++) {
    const kind = kinds[at] ?? 0;
    if (isOpening(kind)) depth++;
    else if (isClosing(kind)) depth = Math.max(0, depth - 1);
    const startsStatement = at === 0 || kinds[at - 1] === semicolon;
    if (depth > 0 || kind !== tokenKinds.name || !startsStatement) continue;
    const keyword = sourceOf(tokens, at);
    if (keyword === 'func') callable.add(calledBy(tokens, at + 1));
    if (keyword !== 'var' && keyword !== 'const') continue;
    const { variables, end } = readDeclaration(tokens, at + 1, keyword === 'const', std);
    found.push(...variables.filter(({ name, constant, initial }) => name !== '_' && (!constant || initial === 'text')));
    at = Math.max(at, end - (kinds[end] === close ? 0 : 1));
  }
  return { variables: found, callable: [...callable].filter((name) => name !== '' && !/^[a-z_]/.test(name)) };
};
