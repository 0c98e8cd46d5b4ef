import type { Position, Range, TextEdit } from 'vscode-languageserver-types';
import type { Dockerfile, RunInstruction, SourceText } from './dockerfile/model.ts';

interface OffsetEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

const toOffsets = (source: SourceText, edit: TextEdit): OffsetEdit => ({
  start: source.offset(edit.range.start),
  end: source.offset(edit.range.end),
  newText: edit.newText,
});

/** What two removals leave of a line is seen when one of them is done: nothing, perhaps, and the line goes as well. */
const removeNeighbours = (a: OffsetEdit, b: OffsetEdit): boolean =>
  a.newText === '' && b.newText === '' && (a.end === b.start || b.end === a.start);

const touches = (a: OffsetEdit, b: OffsetEdit): boolean =>
  a.start === b.start ||
  removeNeighbours(a, b) ||
  (a.start < b.end && b.start < a.end) ||
  (a.start < b.start ? a.end > b.start : b.end > a.start);

/** Applies edits that do not overlap; the order in which they are given does not matter, but for insertions at one place. */
export const applyEdits = (source: SourceText, edits: readonly TextEdit[]): string => {
  const sorted = edits.map((edit) => toOffsets(source, edit)).sort((a, b) => a.start - b.start || a.end - b.end);
  let text = '';
  let from = 0;
  for (const { start, end, newText } of sorted) {
    text += source.content.slice(from, start) + newText;
    from = end;
  }
  return text + source.content.slice(from);
};

/** Whether two groups of edits can be applied together: no overlap, no insertion at the same place, no removal next to another. */
export const compatible = (source: SourceText, one: readonly TextEdit[], other: readonly TextEdit[]): boolean => {
  const others = other.map((edit) => toOffsets(source, edit));
  return one.every((edit) => {
    const offsets = toOffsets(source, edit);
    return others.every((against) => !touches(offsets, against));
  });
};

/** An edit that puts text at a place in a line. */
export const insertAt = (position: Position, newText: string): TextEdit => ({
  range: { start: position, end: position },
  newText,
});

/** An edit that puts whole lines above the line where `range` starts. */
export const insertLinesAbove = (source: SourceText, { start }: Range, lines: readonly string[]): TextEdit =>
  insertAt({ line: start.line, character: 0 }, lines.map((line) => line + source.newline).join(''));

const lineAt = (source: SourceText, line: number): string =>
  source.slice({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });

/** The same for instructions of a stage: above the comments that stand over what is at `range`, for they are its own. */
export const insertInstructionsAbove = (source: SourceText, range: Range, lines: readonly string[]): TextEdit => {
  let { line } = range.start;
  while (line > 0 && /^[ \t]*#/.test(lineAt(source, line - 1))) line -= 1;
  const at = { line, character: 0 };
  return insertLinesAbove(source, { start: at, end: at }, lines);
};

/** An edit that puts whole lines below the last line of `range`. */
export const insertLinesBelow = (source: SourceText, range: Range, lines: readonly string[]): TextEdit => ({
  range: { start: range.end, end: range.end },
  newText: lines.map((line) => source.newline + line).join(''),
});

/** The lines of a range, with the end of the last one. */
export const wholeLines = ({ start, end }: Range): Range => ({
  start: { line: start.line, character: 0 },
  end: { line: end.line + 1, character: 0 },
});

/** An edit that takes the lines of a range away. */
export const removeLines = (range: Range): TextEdit => replace(wholeLines(range), '');

/** An edit that replaces the text of `range`. */
export const replace = (range: Range, newText: string): TextEdit => ({ range, newText });

/** An edit that takes a word out of a command: with the blanks behind it, or with its line when it stands there alone. */
export const removeWord = (source: SourceText, { start, end }: Range): TextEdit => {
  const lineStart = source.offset({ line: start.line, character: 0 });
  const before = source.content.slice(lineStart, source.offset(start));
  const after = source.content.slice(source.offset(end));
  const alone = before.trim() === '' ? /^[ \t]*\\\r?\n/.exec(after) : null;
  if (alone) {
    return removeLines({ start, end });
  }
  const blanks = /^[ \t]*(?=[^\s])/.exec(after)?.[0].length ?? 0;
  const first = blanks > 0 ? 0 : (/[ \t]+$/.exec(before)?.[0].length ?? 0);
  return {
    range: {
      start: { line: start.line, character: start.character - first },
      end: { line: end.line, character: end.character + blanks },
    },
    newText: '',
  };
};

/** The blanks that the next line of an instruction begins with, or four. */
const indentOf = (source: SourceText, { range }: RunInstruction): string => {
  const [first = '', ...lines] = source.slice(range).split(/\r?\n/);
  const next = lines.find((line) => line.trim() !== '' && !/^\s*#/.test(line));
  return (/\\[ \t]*$/.test(first) && /^[ \t]+/.exec(next ?? '')?.[0]) || '    ';
};

/** An edit that gives a RUN flags before those it has, each in a line of its own. */
export const addRunFlags = (dockerfile: Dockerfile, run: RunInstruction, flags: readonly string[]): TextEdit => {
  const { source } = dockerfile;
  const keywordEnd = source.offset(run.keywordRange.end);
  const continuation = new RegExp(`^(?:[ \\t]+|\\${dockerfile.escape}[ \\t]*\\r?\\n)*`);
  const at = keywordEnd + (continuation.exec(source.content.slice(keywordEnd))?.[0].length ?? 0);
  const separator = ` ${dockerfile.escape}${source.newline}${indentOf(source, run)}`;
  return { range: source.range(at, at), newText: flags.map((flag) => flag + separator).join('') };
};
