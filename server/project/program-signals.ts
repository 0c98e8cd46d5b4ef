import type { ProjectFacts } from '../analysis/go/project-facts.ts';
import type { ProgramSignals } from '../analysis/go/project-signals.ts';
import { mainPackages } from './main-packages.ts';
import { readSignals } from './signals.ts';

/** Reads the sources of every program of the context; the answer is by folder of the main package. Never rejects. */
export const readProgramSignals = async (
  facts: ProjectFacts,
  contextFolder: string,
): Promise<(mainDir: string) => ProgramSignals> => {
  const folders = mainPackages(facts).map(({ dir }) => dir);
  const read = async (dir: string): Promise<readonly [string, ProgramSignals]> => [
    dir,
    await readSignals(facts, contextFolder, dir),
  ];
  const known = new Map(await Promise.all(folders.map(read)));
  const [, nothing] = await read('\0');
  return (mainDir) => known.get(mainDir) ?? nothing;
};
