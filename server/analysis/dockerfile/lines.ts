import { lastNotAbove } from './source-text.ts';
import type { Span } from './words.ts';

/** Blanks as BuildKit trims them (Go's unicode.IsSpace). */
export const space = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/**
 * An instruction's text with its continuations, and the comments and empty lines among them, taken out. Indexes count
 * characters of `text`; `at` and `endAt` turn them into offsets of the document, `index` turns an offset into an index.
 */
export interface LogicalLine {
  readonly text: string;
  /** The parts of the document that `text` is made of, in order, as offsets. */
  readonly pieces: readonly Span[];
  /** Offset of the character at an index. */
  at(index: number): number;
  /** Offset just behind the character before an index. */
  endAt(index: number): number;
  /** Index of the character at an offset, or of the first one behind it. */
  index(offset: number): number;
  /** Offset behind the line end of its last line: where heredocs start. */
  readonly next: number;
}

/** A continuation with the comments and empty lines behind it, or the line end that ends the instruction. */
const breaks = {
  '\\': /(?<!\\)\\[ \t]*(?:\r\n?|\n)(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n))*(?:[ \t]*#[^\r\n]*$)?|\r\n?|\n/g,
  '`': /(?<!`)`[ \t]*(?:\r\n?|\n)(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n))*(?:[ \t]*#[^\r\n]*$)?|\r\n?|\n/g,
} as const;

const piecesIn = (text: string, start: number, escapeChar: '\\' | '`') => {
  const pieces: Span[] = [];
  let from = 0;
  for (const { 0: gap, index } of text.matchAll(breaks[escapeChar])) {
    pieces.push({ start: start + from, end: start + index });
    from = index + gap.length;
    if (!gap.startsWith(escapeChar)) return { pieces, next: start + from };
  }
  if (from < text.length) pieces.push({ start: start + from, end: start + text.length });
  return { pieces, next: start + text.length };
};

/** The first logical line of the instruction at `span`: all of it but its heredocs. Linear in the instruction's text. */
export const logicalLine = (content: string, { start, end }: Span, escapeChar: '\\' | '`'): LogicalLine => {
  const { pieces, next } = piecesIn(content.slice(start, end), start, escapeChar);
  const starts = pieces.map((piece) => piece.start);
  const indexes: number[] = [];
  let length = 0;
  for (const piece of pieces) {
    indexes.push(length);
    length += piece.end - piece.start;
  }
  const offsetIn = (index: number): number => {
    const which = lastNotAbove(indexes, index);
    return (starts[which] ?? end) + index - (indexes[which] ?? 0);
  };
  const indexIn = (offset: number): number => {
    const which = lastNotAbove(starts, offset);
    const piece = pieces[which];
    return piece ? (indexes[which] ?? 0) + Math.max(0, Math.min(offset, piece.end) - piece.start) : 0;
  };
  return {
    text: pieces.map((piece) => content.slice(piece.start, piece.end)).join(''),
    pieces,
    at: (index) => (index >= length ? (pieces.at(-1)?.end ?? end) : offsetIn(index)),
    endAt: (index) => (index <= 0 ? start : offsetIn(Math.min(index, length) - 1) + 1),
    index: indexIn,
    next,
  };
};
