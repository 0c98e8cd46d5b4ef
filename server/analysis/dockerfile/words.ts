import { space } from './lines.ts';

/** A stretch of a logical line, as indexes of its text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where the word that starts at `start` ends: at a blank outside quotes that no escape character precedes. */
export const quotedWordEnd = (text: string, start: number, end: number, escapeChar: string): number => {
  let quote = '';
  for (let at = start; at < end; at++) {
    const char = text[at] ?? '';
    if (char === escapeChar && quote !== "'") at++;
    else if (quote) quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (space.test(char)) return at;
  }
  return end;
};

/** Words in which quotes and escapes keep blanks together: those of ARG, ENV and LABEL. */
export const quotedWords = (text: string, start: number, end: number, escapeChar: string): readonly Span[] => {
  const words: Span[] = [];
  let at = start;
  while (at < end) {
    if (space.test(text[at] ?? '')) {
      at++;
      continue;
    }
    const wordEnd = quotedWordEnd(text, at, end, escapeChar);
    words.push({ start: at, end: wordEnd });
    at = wordEnd;
  }
  return words;
};

/** `span` without the blanks around it. */
export const trimmed = (text: string, { start, end }: Span): Span => {
  let from = start;
  let to = end;
  while (from < to && space.test(text[from] ?? '')) from++;
  while (to > from && space.test(text[to - 1] ?? '')) to--;
  return { start: from, end: to };
};
