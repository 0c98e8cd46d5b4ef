import { type PhysicalLine, physicalLine, space } from './lines.ts';
import type { Heredoc } from './model.ts';
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
const heredocWords = (text: string, { start, end }: Span): readonly Span[] | undefined => {
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

const openerOf = (text: string, span: Span): Opener | undefined => {
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

const closes = (content: string, line: PhysicalLine, opener: Opener): boolean => {
  let start = line.start;
  if (opener.chomps) while (start < line.end && content[start] === '\t') start++;
  return line.end - start === opener.delimiter.length && content.startsWith(opener.delimiter, start);
};

/** The bodies of `openers` from `start` on, `end` where the last closing delimiter ends, and `next` where the document goes on. */
export const readHeredocs = (
  content: string,
  openers: readonly Opener[],
  start: number,
): { readonly heredocs: readonly Heredoc[]; readonly end: number; readonly next: number } => {
  const heredocs: Heredoc[] = [];
  let end = start;
  let next = start;
  for (const opener of openers) {
    const from = next;
    let to = content.length;
    end = content.length;
    while (next < content.length) {
      const line = physicalLine(content, next);
      next = line.next;
      if (!closes(content, line, opener)) continue;
      to = line.start;
      end = line.end;
      break;
    }
    const { delimiter, expands } = opener;
    heredocs.push({ delimiter, expands, body: bodyScript(content, from, Math.max(from, to)) });
  }
  return { heredocs, end, next };
};
