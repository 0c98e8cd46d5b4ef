import type { ProjectFacts } from '../analysis/go/project-facts.ts';
import type { Reading } from '../analysis/go/reading.ts';
import type { Environment } from './module-sources.ts';
import { readProgramSignals } from './program-signals.ts';
import { readSurroundings } from './surroundings.ts';

/** Adds to the facts of a context (absolute folder) what only the generator asks. Never rejects. */
export const readForGenerator = async (
  facts: ProjectFacts,
  folder: string,
  environment: Environment = process.env,
): Promise<Reading> => {
  const [signals, surroundings] = await Promise.all([
    readProgramSignals(facts, folder),
    readSurroundings(facts, folder, environment),
  ]);
  return { facts, signals, surroundings };
};
