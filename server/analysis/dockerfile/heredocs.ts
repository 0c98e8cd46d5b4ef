import { space } from './lines.ts';
import type { Heredoc, SourceText } from './model.ts';
import { bodyScript } from './script.ts';
import type { Span } from './words.ts';

/** `<<NAME` on an instruction's line. */
export interface Opener extends Span {
  readonly delimiter: string;
  /** False when a part of the delimiter is quoted. */
  readonly expands: boolean;
  /** `<<-`: tabs before the closing delimiter do not count. */
  readonly chomps: boolean;
}

const inlineBlank = (char: string | undefined): boolean => char === ' ' || char === '\t' || char === '\r';

/** Words as BuildKit splits a line to look for heredocs; undefined when a quote stays open, and then it sees none. */
export const heredocWords = (text: string, { start, end }: Span): readonly Span[] | undefined => {
  const words: Span[] = [];
  let from = -1;
  let quote = '';
  for (let at = start; at < end; at++) {
    const char = text[at] ?? '';
    if (quote) {
      if (char === '\\' && quote === '"') at++;
      else if (char === quote) quote = '';
      continue;
    }
    if (space.test(char)) {
      if (from >= 0) words.push({ start: from, end: at });
      from = -1;
      continue;
    }
    if (from < 0) from = at;
    if (char === '\\') at++;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '<' && text[at + 1] === '<') {
      at++;
      while (at + 1 < end && inlineBlank(text[at + 1])) at++;
    }
  }
  if (quote) return undefined;
  if (from >= 0) words.push({ start: from, end });
  return words;
};

const unquoted = (word: string): string =>
  word.replace(
    /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"/gs,
    (_, escaped?: string, single?: string, double?: string) =>
      escaped ?? single ?? (double ?? '').replace(/\\(["$\\])/g, '$1'),
  );

/** The heredoc that a word opens, or undefined. */
export const openerOf = (text: string, span: Span): Opener | undefined => {
  const match = /^\d*<<(-?)\s*([^<]+)$/.exec(text.slice(span.start, span.end));
  const word = match?.[2];
  if (!word) return undefined;
  const delimiter = unquoted(word);
  if (delimiter === '' || space.test(delimiter)) return undefined;
  return { ...span, delimiter, expands: !/['"]/.test(word), chomps: match[1] === '-' };
};

/** The heredocs that a RUN, COPY or ADD opens, in order. */
export const openersIn = (text: string, span: Span): readonly Opener[] => {
  if (!text.includes('<<', span.start)) return [];
  return (heredocWords(text, span) ?? []).flatMap((word) => openerOf(text, word) ?? []);
};

/** Where the body of `opener` ends, and its closing line; both at `end` when it stays open. */
const closing = (content: string, opener: Opener, start: number, end: number): Span => {
  let at = start;
  while (at < end) {
    const newline = content.indexOf('\n', at);
    const next = newline < 0 || newline >= end ? end : newline;
    const line = content.slice(at, next).replace(/\r+$/, '');
    if ((opener.chomps ? line.replace(/^\t+/, '') : line) === opener.delimiter) return { start: at, end: next };
    at = next + 1;
  }
  return { start: end, end };
};

/**
 * The bodies of `openers` between `start` and `end`, the end of the instruction as the library splits it. Its own
 * `getHeredocs` loses the closing line behind a backslash and behind CRLF, and does not tell quoted delimiters apart.
 */
export const readHeredocs = (
  source: SourceText,
  openers: readonly Opener[],
  start: number,
  end: number,
): readonly Heredoc[] => {
  let from = Math.min(start, end);
  return openers.map((opener) => {
    const close = closing(source.content, opener, from, end);
    const body = bodyScript(source, from, close.start);
    from = Math.min(close.end + 1, end);
    return { delimiter: opener.delimiter, expands: opener.expands, body };
  });
};
