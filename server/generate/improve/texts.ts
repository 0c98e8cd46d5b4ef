import type { Dockerfile, Instruction } from '../../analysis/dockerfile/model.ts';

/** The comment lines that stand directly above an instruction, as written. */
export const commentsAbove = (
  { comments, source }: Dockerfile,
  { range }: Pick<Instruction, 'range'>,
): readonly string[] => {
  const lines: string[] = [];
  for (let line = range.start.line - 1; ; line -= 1) {
    const comment = comments.find((each) => each.range.start.line === line);
    // A directive belongs to the file.
    if (!comment || /^\s*#\s*(?:syntax|escape|check)\s*=/.test(source.slice(comment.range))) return lines;
    lines.unshift(source.slice(comment.range).trim());
  }
};

/** An instruction as written, without what stands above it. */
export const textOf = ({ source }: Dockerfile, { range }: Pick<Instruction, 'range'>): readonly string[] =>
  source.slice(range).trimEnd().split(/\r?\n/);

/** An instruction with the comments above it. */
export const withComments = (dockerfile: Dockerfile, instruction: Instruction): readonly string[] => [
  ...commentsAbove(dockerfile, instruction),
  ...textOf(dockerfile, instruction),
];

/** On one line, cut where it gets long: for a list. */
export const inShort = (dockerfile: Dockerfile, instruction: Instruction): string => {
  const text = textOf(dockerfile, instruction)
    .join(' ')
    .replaceAll(/\s*\\\s+/g, ' ')
    .replaceAll(/\s+/g, ' ');
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};
