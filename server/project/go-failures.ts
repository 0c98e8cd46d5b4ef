import { isClosing, isOpening, sourceOf, type Tokens, tokenKinds } from './go-tokens.ts';

/** Longer calls, conditions and blocks are given up, so that calls inside calls cost no more than their length. */
const mostTokens = 128;

const code = (char: string): number => char.charCodeAt(0);

const [open, brace, dot, comma, colon, semicolon, equals] = [
  code('('),
  code('{'),
  code('.'),
  code(','),
  code(':'),
  code(';'),
  code('='),
];

/** What gives a file, or an error where there is none. */
const readers: ReadonlyMap<string, readonly string[]> = new Map([
  ['os', ['Open', 'ReadFile', 'ReadDir']],
  ['io/ioutil', ['ReadFile', 'ReadDir']],
]);

const absence = /^(?:IsNotExist|ErrNotExist|ENOENT)$/;

/** What leaves the function or ends the program, also by a function of one's own such as `fatal`. */
const endings = /^(?:return|goto|die|must.*|failnow)$|fatal|exit|panic|abort/i;

const limitOf = ({ count }: Tokens, from: number): number => Math.min(count, from + mostTokens);

/** The bracket that closes the one at `from`, or where the search was given up. */
const closingOf = (tokens: Tokens, from: number): number => {
  const limit = limitOf(tokens, from);
  let depth = 0;
  for (let at = from; at < limit; at++) {
    const kind = tokens.kinds[at] ?? 0;
    if (isOpening(kind)) depth++;
    else if (isClosing(kind)) depth--;
    if (depth <= 0) return at;
  }
  return limit;
};

/** The `{` behind a condition, or where the statement ends that has none. */
const headEnd = (tokens: Tokens, from: number): number => {
  const limit = limitOf(tokens, from);
  for (let at = from; at < limit; at++) {
    const kind = tokens.kinds[at] ?? 0;
    if (kind === brace || kind === semicolon || isClosing(kind)) return at;
    if (isOpening(kind)) at = closingOf(tokens, at);
  }
  return limit;
};

const names = (tokens: Tokens, from: number, to: number, wanted: RegExp): boolean => {
  for (let at = from; at < to; at++) {
    if (tokens.kinds[at] === tokenKinds.name && wanted.test(sourceOf(tokens, at))) return true;
  }
  return false;
};

const isWord = (tokens: Tokens, at: number, word: string): boolean =>
  tokens.kinds[at] === tokenKinds.name && sourceOf(tokens, at) === word;

/** The variable that gets the error of a call which begins at `from`: `file, err := `, `file, err = `. */
const errorOf = (tokens: Tokens, from: number): string | undefined => {
  const { kinds } = tokens;
  if (kinds[from - 1] !== equals) return undefined;
  const at = kinds[from - 2] === colon ? from - 3 : from - 2;
  return kinds[at] === tokenKinds.name && kinds[at - 1] === comma ? sourceOf(tokens, at) : undefined;
};

/** Whether a condition asks for success (`err == nil`) or failure. */
const askedFor = (tokens: Tokens, from: number, to: number, error: string): 'success' | 'failure' | undefined => {
  for (let at = from; at + 3 < to; at++) {
    if (tokens.kinds[at + 2] !== equals || !isWord(tokens, at, error) || !isWord(tokens, at + 3, 'nil')) continue;
    if (tokens.kinds[at + 1] === equals) return 'success';
    if (tokens.kinds[at + 1] === code('!')) return 'failure';
  }
  return undefined;
};

/** Whether the program goes on after a failure, as far as the statement or condition at `from` tells. */
const goesOn = (tokens: Tokens, from: number, error: string): boolean => {
  const { kinds } = tokens;
  const start = isWord(tokens, from, 'if') ? from + 1 : from;
  const head = headEnd(tokens, start);
  const end = kinds[head] === brace ? closingOf(tokens, head) : head;
  if (names(tokens, start, end, absence)) return true;
  const asked = kinds[head] === brace ? askedFor(tokens, start, head, error) : undefined;
  if (asked === 'failure') return !names(tokens, head, end, endings);
  if (asked === undefined || !isWord(tokens, end + 1, 'else') || kinds[end + 2] !== brace) return asked === 'success';
  return !names(tokens, end + 2, closingOf(tokens, end + 2), endings);
};

/**
 * Whether the call of the function named at `at` opens a file, and the program copes where there is none: nobody looks at
 * the error, success or absence is asked for, or what is done about it does not end. Looks at a bounded number of tokens.
 */
export const toleratesAbsence = (tokens: Tokens, at: number, from: string, name: string): boolean => {
  const { kinds } = tokens;
  if (kinds[at + 1] !== open || !readers.get(from)?.includes(name)) return false;
  const error = errorOf(tokens, kinds[at - 1] === dot ? at - 2 : at);
  if (error === undefined || error === '_') return error === '_';
  const end = closingOf(tokens, at + 1);
  return kinds[end + 1] === semicolon && goesOn(tokens, end + 2, error);
};
