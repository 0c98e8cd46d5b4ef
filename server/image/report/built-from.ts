import type { Analysis } from '../../analysis/analyze.ts';
import type { Stage } from '../../analysis/dockerfile/model.ts';
import type { StageTrace } from '../../analysis/trace/model.ts';
import type { OfferedFix } from './advice.ts';
import type { WrittenInstruction } from './created-by.ts';

/** What is known of the Dockerfile that an image was built from. */
export interface BuiltFrom {
  /** The instructions that left an entry in the history, the lowest stage first. */
  readonly written: readonly WrittenInstruction[];
  readonly stage: StageTrace | undefined;
  readonly offered: readonly OfferedFix[];
}

/** Of the analysis of a Dockerfile; `target` is the built stage's name, the last one when absent. */
export function builtFrom({ trace, findings }: Analysis, target?: string): BuiltFrom {
  const { stages } = trace;
  const stage = target === undefined ? stages.at(-1) : stages.find((one) => one.stage.name === target.toLowerCase());
  return {
    stage: trace.isAboutGo ? stage : undefined,
    written: stage ? chainOf(stage).flatMap(writtenOf) : [],
    offered: findings.map(({ rule, range, fixes }) => ({
      rule,
      fix: fixes[0]?.title,
      line: range.start.line,
    })),
  };
}

/** The stages it starts from and itself, the lowest first. */
const chainOf = (stage: StageTrace): readonly Stage[] =>
  stage.base.kind === 'stage' ? [...chainOf(stage.base.stage), stage.stage] : [stage.stage];

const writtenOf = ({ instructions }: Stage): readonly WrittenInstruction[] =>
  instructions.map(({ onbuild, keyword, range }) => ({
    keyword: onbuild ? 'ONBUILD' : keyword,
    line: range.start.line,
  }));
