import type { Dockerfile } from '../analysis/dockerfile/model.ts';
import type { InstructionText } from './engine-model.ts';

/** All instructions of a Dockerfile in order, ARG before the first FROM included. */
export const instructionTexts = ({ globalArgs, stages, source }: Dockerfile): readonly InstructionText[] =>
  [...globalArgs, ...stages.flatMap(({ from, instructions }) => [from, ...instructions])].map(({ range }) => ({
    line: range.start.line,
    text: source.slice(range),
  }));
