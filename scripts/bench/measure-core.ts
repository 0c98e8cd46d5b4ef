import { DockerfileLanguageServiceFactory } from 'dockerfile-language-service';
import { analyze } from '../../server/analysis/analyze.ts';
import type { ProjectFacts } from '../../server/analysis/go/project-facts.ts';
import type { Sample } from './dockerfiles.ts';
import { median } from './statistics.ts';

/** Milliseconds of one check, ours and that of dockerfile-language-service, medians of alternate rounds. */
export interface CoreTimes {
  readonly ours: number;
  readonly theirs: number;
}

/** Checks the text in this process, warm. */
export function measureCore({ text }: Sample, project: ProjectFacts, rounds: number): CoreTimes {
  const service = DockerfileLanguageServiceFactory.createLanguageService();
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    // A new text every time, as typing makes it.
    const typed = `${text}# ${round}\n`;
    ours.push(timed(() => analyze(typed, project)));
    theirs.push(timed(() => service.validate(typed)));
  }
  const warm = (times: readonly number[]): number => median(times.slice(Math.floor(rounds / 3)));
  return { ours: warm(ours), theirs: warm(theirs) };
}

function timed(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}
