import type { TextEdit } from 'vscode-languageserver/node';

/** The whole-line edits that turn one text into the other, so that cursors and marks on the other lines stay. */
export function lineEdits(before: string, after: string): readonly TextEdit[] {
  const [old, wanted] = [linesOf(before), linesOf(after)];
  const head = commonLength(old, wanted);
  const tail = commonLength(old.slice(head).reverse(), wanted.slice(head).reverse());
  const edits: TextEdit[] = [];
  let [from, to] = [head, head];
  const flush = (oldEnd: number, wantedEnd: number): void => {
    const newText = wanted.slice(to, wantedEnd).join('');
    if (from < oldEnd || newText !== '') edits.push({ range: lineRange(old, from, oldEnd), newText });
  };
  for (const [line, other] of commonLines(old, wanted, head, tail)) {
    flush(line, other);
    [from, to] = [line + 1, other + 1];
  }
  flush(old.length - tail, wanted.length - tail);
  return edits;
}

/** Each with its line end; the last one may have none. */
const linesOf = (text: string): readonly string[] => text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? [];

function commonLength(one: readonly string[], other: readonly string[]): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1;
  return length;
}

/** Above, one edit replaces all between the first and the last change: 16 MB are enough for a table. */
const mostCells = 4_000_000;

/** Pairs of line numbers of a longest common subsequence of what lies between `head` and `tail`. */
function commonLines(
  old: readonly string[],
  wanted: readonly string[],
  head: number,
  tail: number,
): readonly (readonly [number, number])[] {
  const [rows, columns] = [old.length - head - tail, wanted.length - head - tail];
  if (rows * columns > mostCells) return [];
  const width = columns + 1;
  const longest = new Uint32Array((rows + 1) * width);
  const at = (row: number, column: number): number => longest[row * width + column] ?? 0;
  const same = (row: number, column: number): boolean => old[head + row] === wanted[head + column];
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      longest[row * width + column] = same(row, column)
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let [row, column] = [0, 0]; row < rows && column < columns; ) {
    if (same(row, column)) {
      pairs.push([head + row, head + column]);
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return pairs;
}

function lineRange(lines: readonly string[], start: number, end: number): TextEdit['range'] {
  return { start: lineStart(lines, start), end: lineStart(lines, end) };
}

/** The end of the text when there is no such line. */
function lineStart(lines: readonly string[], line: number): { line: number; character: number } {
  const last = lines[line - 1];
  if (last === undefined || /[\r\n]$/.test(last)) return { line, character: 0 };
  return { line: line - 1, character: last.length };
}
