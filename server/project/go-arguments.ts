import { isClosing, isOpening, sourceOf, type Tokens, textOf, tokenKinds } from './go-tokens.ts';

export type Argument = string | number | undefined;

/** Longer calls are given up, so that calls inside calls cost no more than their length. */
const mostTokens = 64;

const code = (char: string): number => char.charCodeAt(0);

const comma = code(',');

/** A string or a decimal integer; undefined for every other token. */
export const literalAt = (tokens: Tokens, at: number): Argument => {
  const kind = tokens.kinds[at];
  if (kind === tokenKinds.text) return textOf(tokens, at);
  const source = kind === tokenKinds.number ? sourceOf(tokens, at) : '';
  return /^\d{1,15}$/.test(source) ? Number(source) : undefined;
};

/** Start and end (exclusive) of each argument of the call whose `(` stands at `open`. */
const spans = ({ kinds, count }: Tokens, open: number): [number, number][] => {
  const found: [number, number][] = [];
  let depth = 0;
  let from = open + 1;
  for (let at = from; at < Math.min(count, open + mostTokens); at++) {
    const kind = kinds[at] ?? 0;
    if (isOpening(kind)) depth++;
    else if (depth > 0) depth -= isClosing(kind) ? 1 : 0;
    else if (kind === comma || isClosing(kind)) {
      if (at > from || kind === comma) found.push([from, at]);
      if (kind !== comma) return found;
      from = at + 1;
    }
  }
  return [...found, [from, -1]];
};

/** `filepath.Join("a", "b")` of literals alone. */
const joinedAt = (tokens: Tokens, from: number, to: number, joins: ReadonlySet<string>): Argument => {
  const { kinds } = tokens;
  const isJoin =
    kinds[from + 3] === code('(') &&
    kinds[to - 1] === code(')') &&
    kinds[from + 1] === code('.') &&
    joins.has(sourceOf(tokens, from)) &&
    sourceOf(tokens, from + 2) === 'Join';
  if (!isJoin) return undefined;
  const parts = spans(tokens, from + 3).map(([start, end]) =>
    end === start + 1 ? literalAt(tokens, start) : undefined,
  );
  return parts.every((part) => typeof part === 'string') ? parts.join('/') : undefined;
};

/** How a URL begins that is put together: `"https://" + host`, `fmt.Sprintf("https://%s", host)`. */
const urlStart = (tokens: Tokens, from: number, to: number): Argument => {
  const { kinds } = tokens;
  const isSprintf = kinds[from + 1] === code('.') && kinds[from + 3] === code('(') && kinds[to - 1] === code(')');
  const at = kinds[from] === tokenKinds.text ? from : isSprintf ? from + 4 : to;
  const text = at < to && kinds[at] === tokenKinds.text ? textOf(tokens, at) : '';
  return /^https?:\/\//.test(text) ? text : undefined;
};

/** What the arguments of the call say whose `(` stands at `open`; `joins` are the file's names of path and path/filepath. */
export const argumentsAt = (tokens: Tokens, open: number, joins: ReadonlySet<string>): readonly Argument[] =>
  spans(tokens, open).map(([from, to]) => {
    if (to === from + 1) return literalAt(tokens, from);
    return joinedAt(tokens, from, to, joins) ?? urlStart(tokens, from, to);
  });
