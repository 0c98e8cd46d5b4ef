import type { ProjectFacts } from './project-facts.ts';
import type { ProgramSignals } from './project-signals.ts';
import type { Surroundings } from './surroundings.ts';

/** Everything the generator knows of a project. */
export interface Reading {
  readonly facts: ProjectFacts;
  /** By the folder of a main package in the context, `''` for the root. */
  readonly signals: (mainDir: string) => ProgramSignals;
  readonly surroundings: Surroundings;
}
