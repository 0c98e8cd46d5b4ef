import { lastNotAbove } from './source-text.ts';

/** Blanks as BuildKit trims them (Go's unicode.IsSpace). */
export const space = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** A line of the document; `end` is before its line end, `next` behind it. */
export interface PhysicalLine {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/** A part of the document, as offsets. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/**
 * An instruction's text with its continuations, and the comments and empty lines among them, taken out. Indexes count
 * characters of `text`; `at` and `endAt` turn them into offsets of the document.
 */
export interface LogicalLine {
  readonly text: string;
  /** The parts of the document that `text` is made of, in order. */
  readonly pieces: readonly Piece[];
  /** Offset of the character at an index. */
  at(index: number): number;
  /** Offset just behind the character before an index. */
  endAt(index: number): number;
  /** Offset where the last line of the instruction ends. */
  readonly end: number;
}

/** Docker ends lines at `\n` only, and drops every `\r` before it. */
export const physicalLine = (content: string, start: number): PhysicalLine => {
  const newline = content.indexOf('\n', start);
  const next = newline < 0 ? content.length : newline + 1;
  let end = newline < 0 ? content.length : newline;
  while (end > start && content[end - 1] === '\r') end--;
  return { start, end, next };
};

/** Offset of the first character at or behind `from` that is no blank; `end` when there is none. */
export const skipSpace = (content: string, from: number, end: number): number => {
  let at = from;
  while (at < end && space.test(content[at] ?? '')) at++;
  return at;
};

/** Offset of the escape character that continues a line, or undefined. A doubled one does not continue. */
export const continuation = (
  content: string,
  start: number,
  end: number,
  escapeChar: '\\' | '`',
): number | undefined => {
  let at = end;
  while (at > start && (content[at - 1] === ' ' || content[at - 1] === '\t')) at--;
  if (at === start || content[at - 1] !== escapeChar) return undefined;
  return at - 1 > start && content[at - 2] === escapeChar ? undefined : at - 1;
};

/** Joins the pieces; linear in their text. */
export const logicalLine = (content: string, pieces: readonly Piece[], end: number): LogicalLine => {
  const indexes: number[] = [];
  let length = 0;
  for (const piece of pieces) {
    indexes.push(length);
    length += piece.end - piece.start;
  }
  const offsetIn = (index: number): number => {
    const which = lastNotAbove(indexes, index);
    return (pieces[which]?.start ?? end) + index - (indexes[which] ?? 0);
  };
  return {
    text: pieces.map((piece) => content.slice(piece.start, piece.end)).join(''),
    pieces,
    at: (index) => (index >= length ? (pieces.at(-1)?.end ?? end) : offsetIn(index)),
    endAt: (index) => (index <= 0 ? (pieces[0]?.start ?? end) : offsetIn(Math.min(index, length) - 1) + 1),
    end,
  };
};
