import type { RuledFinding } from '../analysis/analyze.ts';
import type { Dockerfile } from '../analysis/dockerfile/model.ts';
import { sameMeaning } from '../analysis/foreign-rules.ts';
import type { OtherFinding } from '../protocol.ts';

/** First and last line of the instruction that a line belongs to; the line itself outside of one. */
const linesOf = ({ globalArgs, stages }: Dockerfile, line: number): readonly [number, number] => {
  const instructions = [...globalArgs, ...stages.flatMap((stage) => [stage.from, ...stage.instructions])];
  const around = instructions.find(({ range }) => range.start.line <= line && line <= range.end.line);
  return around ? [around.range.start.line, around.range.end.line] : [line, line];
};

/** Our findings without those that another extension says already, in its words, on the same instruction. */
export const unsaid = (
  findings: readonly RuledFinding[],
  dockerfile: Dockerfile,
  others: readonly OtherFinding[],
): readonly RuledFinding[] => {
  if (others.length === 0) return findings;
  return findings.filter(({ rule, range }) => {
    const [first, last] = linesOf(dockerfile, range.start.line);
    return !others.some(({ code, start, end }) => sameMeaning(code).includes(rule) && start <= last && first <= end);
  });
};
