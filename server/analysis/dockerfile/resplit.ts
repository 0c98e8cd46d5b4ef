import type { SplitDockerfile, SplitInstruction } from './split.ts';
import type { Span } from './words.ts';

/** A text, and how dockerfile-ast is to see it: as long, line for line. */
export interface PlainText {
  /** The lines of directives that both start with. */
  readonly top: string;
  readonly content: string;
  readonly plain: string;
}

/** The one stretch in which two texts differ: `start` to `end` of the first, and `end + shift` of the second. */
interface Change extends Span {
  readonly shift: number;
}

const changeBetween = (before: string, after: string): Change => {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  const shift = after.length - before.length;
  let end = before.length;
  while (end > start && end + shift > start && before.charCodeAt(end - 1) === after.charCodeAt(end + shift - 1)) end--;
  return { start, end, shift };
};

const changeOf = (before: PlainText, after: PlainText): Change => {
  const content = changeBetween(before.content, after.content);
  const plain = changeBetween(before.plain, after.plain);
  return { ...content, start: Math.min(content.start, plain.start), end: Math.max(content.end, plain.end) };
};

const movedSpan = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

/** The same instruction so many characters further down. */
const moved = (instruction: SplitInstruction, by: number): SplitInstruction =>
  by === 0
    ? instruction
    : {
        ...instruction,
        keywordSpan: movedSpan(instruction.keywordSpan, by),
        span: movedSpan(instruction.span, by),
        words: instruction.words.map((word) => movedSpan(word, by)),
      };

/** The number of instructions whose line ended before the change: they are read from left to right, and stay. */
const countAbove = (instructions: readonly SplitInstruction[], { start }: Change): number => {
  const first = instructions.findIndex(({ span }) => span.end >= start);
  return first < 0 ? instructions.length : first;
};

type Split = (from: number, to: number) => readonly SplitInstruction[];

/**
 * Splits a text that differs in one place from one that was split: what is around the change, with the first instruction
 * below it. When that one starts where it started before, so does everything below; undefined when it does not, as after
 * a new backslash or heredoc.
 */
export const resplit = (
  before: SplitDockerfile,
  after: PlainText,
  split: Split,
): Pick<SplitDockerfile, 'instructions' | 'same'> | undefined => {
  const change = changeOf(before, after);
  const { instructions } = before;
  const first = countAbove(instructions, change);
  const from = Math.max(after.top.length, instructions[first - 1]?.span.end ?? 0);
  const next = instructions.findIndex(
    ({ span, onbuild }, index) => index >= first && !onbuild && span.start >= change.end,
  );
  const below = instructions[next];
  const between = split(from, below ? below.span.end + change.shift : after.plain.length);
  if (!below) return { instructions: [...instructions.slice(0, first), ...between], same: { first, last: 0 } };
  if (between.at(-1)?.onbuild || between.at(-1)?.span.start !== below.span.start + change.shift) return undefined;
  const rest = instructions.slice(next).map((instruction) => moved(instruction, change.shift));
  return {
    instructions: [...instructions.slice(0, first), ...between.slice(0, -1), ...rest],
    same: { first, last: rest.length },
  };
};
