import type { Position, Range } from 'vscode-languageserver-types';
import type { SourceText } from './model.ts';

/** Offsets at which the lines of `content` start, counted as LSP counts lines: `\n`, `\r\n` and a lone `\r` end one. */
const lineStarts = (content: string): readonly number[] => {
  const starts = [0];
  if (content.includes('\r')) {
    for (const { index, 0: end } of content.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
  } else for (let at = content.indexOf('\n'); at >= 0; at = content.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
};

/** Index of the last element of the ascending `starts` that is not above `offset`. */
export const lastNotAbove = (starts: readonly number[], offset: number): number => {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
};

const commonNewline = (content: string): '\n' | '\r\n' => {
  if (!content.includes('\r')) return '\n';
  const windows = content.match(/\r\n/g)?.length ?? 0;
  const all = content.match(/\n/g)?.length ?? 0;
  return windows > all / 2 ? '\r\n' : '\n';
};

/** A document with a line table of its own; offsets and positions outside it are moved to its nearest end. */
export const sourceText = (content: string): SourceText => {
  const starts = lineStarts(content);
  let line = 0;
  const position = (offset: number): Position => {
    const inside = Math.max(0, Math.min(offset, content.length));
    // Most questions are about the line of the question before.
    const isSameLine = inside >= (starts[line] ?? 0) && inside < (starts[line + 1] ?? 0);
    if (!isSameLine) line = lastNotAbove(starts, inside);
    return { line, character: inside - (starts[line] ?? 0) };
  };
  const offset = ({ line, character }: Position): number => {
    const start = starts[Math.max(0, line)] ?? content.length;
    const next = starts[Math.max(0, line) + 1] ?? content.length;
    return Math.min(start + Math.max(0, character), next);
  };
  return {
    content,
    newline: commonNewline(content),
    range: (start, end): Range => ({ start: position(start), end: position(end) }),
    position,
    offset,
    slice: (range) => content.slice(offset(range.start), offset(range.end)),
  };
};
