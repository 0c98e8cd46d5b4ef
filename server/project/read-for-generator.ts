import type { ProjectFacts } from '../analysis/go/project-facts.ts';
import { programSignals } from '../analysis/go/project-signals.ts';
import type { Reading } from '../analysis/go/reading.ts';
import type { Environment } from './module-sources.ts';
import { readSurroundings } from './surroundings.ts';

/** Adds to the facts of a context (absolute folder) what only the generator asks. Never rejects. */
export const readForGenerator = async (
  facts: ProjectFacts,
  folder: string,
  environment: Environment = process.env,
): Promise<Reading> => ({
  facts,
  signals: (main) => programSignals(facts, main),
  surroundings: await readSurroundings(facts, folder, environment),
});
