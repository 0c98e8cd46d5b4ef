import { isQuote, skipComment, skipLiteral } from './scan.ts';

/** Kinds of tokens that are no single sign; a sign's kind is its character code. */
export const tokenKinds = { name: 1, text: 2, number: 3 } as const;

/** Tokens of Go code as parallel lists; behind the last one the kind is 0. A line end that ends a statement is a `;`, as Go has it. */
export interface Tokens {
  readonly text: string;
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

const blank = 0;
const letter = 1;
const digit = 2;
const sign = 3;
const quote = 4;

const classes = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(char)) return letter;
  if (/[0-9]/.test(char)) return digit;
  if (isQuote(char)) return quote;
  return code > 32 && code < 127 ? sign : blank;
});

/** Whatever is not ASCII is taken for a letter. */
const classOf = (code: number): number => classes[code] ?? letter;

const codes = { newline: 10, closing: 41, dot: 46, slash: 47, semicolon: 59, bracket: 93, brace: 125 } as const;

const endsStatement = (kind: number): boolean =>
  kind < 32 ? kind > 0 : kind === codes.closing || kind === codes.bracket || kind === codes.brace;

const skipWord = (text: string, from: number, isNumber: boolean): number => {
  let at = from + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const kind = classOf(code);
    if (kind !== letter && kind !== digit && !(isNumber && code === codes.dot)) break;
  }
  return at;
};

interface Growing extends Tokens {
  push(kind: number, start: number, end: number): number;
}

/** Most code has a token for every five characters; lists grow when there are more. */
const growing = (text: string, from: number): Growing => {
  const room = ((text.length - from) >> 2) + 16;
  const made = {
    text,
    count: 0,
    kinds: new Uint8Array(room),
    starts: new Uint32Array(room),
    ends: new Uint32Array(room),
    push(kind: number, start: number, end: number): number {
      const at = made.count++;
      if (at + 1 >= made.kinds.length) {
        const grow = <T extends Uint8Array | Uint32Array>(old: T, bigger: T): T => {
          bigger.set(old);
          return bigger;
        };
        made.kinds = grow(made.kinds, new Uint8Array(at * 2));
        made.starts = grow(made.starts, new Uint32Array(at * 2));
        made.ends = grow(made.ends, new Uint32Array(at * 2));
      }
      made.kinds[at] = kind;
      made.starts[at] = start;
      made.ends[at] = end;
      return end;
    },
  };
  return made;
};

/** Closes the statement before `at`, where a line ends. */
const endLine = (tokens: Growing, at: number): void => {
  if (tokens.count > 0 && endsStatement(tokens.kinds[tokens.count - 1] ?? 0)) tokens.push(codes.semicolon, at, at);
};

const pushLiteral = (tokens: Growing, at: number): number => {
  const { text } = tokens;
  const end = skipLiteral(text, at);
  tokens.push(text[at] === "'" ? tokenKinds.number : tokenKinds.text, at, end);
  if (text[at] !== '`' && text[end - 1] === '\n') endLine(tokens, end - 1);
  return end;
};

/**
 * Splits code from an offset on; any text is accepted, in linear time. Comments are told and left out, except that a
 * newline in them still ends the statement.
 */
export const tokensOf = (text: string, from: number, comment?: (start: number, end: number) => void): Tokens => {
  const tokens = growing(text, from);
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const kind = classOf(code);
    if (kind === letter) at = tokens.push(tokenKinds.name, at, skipWord(text, at, false));
    else if (kind === digit) at = tokens.push(tokenKinds.number, at, skipWord(text, at, true));
    else if (kind === quote) at = pushLiteral(tokens, at);
    else if (kind === blank) {
      if (code === codes.newline) endLine(tokens, at);
      at++;
    } else {
      const end = code === codes.slash ? skipComment(text, at) : at;
      if (end === at) {
        at = tokens.push(code, at, at + 1);
        continue;
      }
      comment?.(at, end);
      if (text[end - 1] === '\n' || text.slice(at, end).includes('\n')) endLine(tokens, at);
      at = end;
    }
  }
  endLine(tokens, text.length);
  return tokens;
};

const isOneOf = (a: string, b: string, c: string): ((kind: number | undefined) => boolean) => {
  const [first, second, third] = [a, b, c].map((sign) => sign.charCodeAt(0));
  return (kind) => kind === first || kind === second || kind === third;
};

/** `(`, `[` or `{`. */
export const isOpening = isOneOf('(', '[', '{');

/** `)`, `]` or `}`. */
export const isClosing = isOneOf(')', ']', '}');

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** What a string literal says, its quotes taken off. */
export const textOf = ({ text, starts, ends }: Tokens, at: number): string => {
  const inner = text.slice((starts[at] ?? 0) + 1, (ends[at] ?? 0) - 1);
  if (text[starts[at] ?? 0] === '`' || !inner.includes('\\')) return inner;
  return inner.replace(/\\(.)/g, (_, char: string) => escapes[char] ?? char);
};

/** The token's own characters. */
export const sourceOf = ({ text, starts, ends }: Tokens, at: number): string => text.slice(starts[at], ends[at]);
