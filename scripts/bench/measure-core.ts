import { DockerfileLanguageServiceFactory } from 'dockerfile-language-service';
import { type Analysis, analyze } from '../../server/analysis/analyze.ts';
import type { ProjectFacts } from '../../server/analysis/go/project-facts.ts';
import type { Sample } from './dockerfiles.ts';
import { median } from './statistics.ts';

/** Milliseconds of one check, ours and that of dockerfile-language-service, medians of alternate rounds. */
export interface CoreTimes {
  /** Of a text never seen before. */
  readonly first: number;
  /** Of a text after a keystroke. */
  readonly again: number;
  readonly theirs: number;
}

/** The text with other letters typed at the end of its `go build` in each round. */
const typed = ({ text, line }: Sample, round: number): string =>
  text
    .split('\n')
    .map((each, at) => (at === line ? `${each}x${round.toString(36)}` : each))
    .join('\n');

/** Checks the text in this process, warm. */
export function measureCore(sample: Sample, project: ProjectFacts, rounds: number): CoreTimes {
  const service = DockerfileLanguageServiceFactory.createLanguageService();
  const [first, again, theirs]: [number[], number[], number[]] = [[], [], []];
  let before: Analysis | undefined;
  for (let round = 0; round < rounds; round += 1) {
    const text = typed(sample, round);
    first.push(timed(() => analyze(text, project)));
    again.push(timed(() => (before = analyze(text, project, undefined, before))));
    theirs.push(timed(() => service.validate(text)));
  }
  const warm = (times: readonly number[]): number => median(times.slice(Math.floor(rounds / 3)));
  return { first: warm(first), again: warm(again), theirs: warm(theirs) };
}

function timed(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}
