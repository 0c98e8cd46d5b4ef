import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { ProjectFacts } from '../analysis/go/project-facts.ts';
import type { ProgramSignals } from '../analysis/go/project-signals.ts';
import type { GenerateChoices, GeneratedFiles, GeneratePlan } from '../protocol.ts';
import type { Projects } from './projects.ts';

/** What the language server needs of `server/generate`. Folders are absolute; nothing is written. */
export interface Generator {
  /** Rejects when the folder holds no Go program, with a sentence. */
  readonly plan: (folder: string) => Promise<GeneratePlan>;
  readonly generate: (folder: string, choices: GenerateChoices) => Promise<GeneratedFiles>;
}

/** The generator over projects on disk; loaded when first asked. */
export function createGenerator(projects: Projects): Generator {
  return {
    plan: async (folder) => {
      const { plan } = await import('../generate/plan.ts');
      const { facts, signals } = await readPrograms(projects, folder);
      const made = plan(facts, signals, folder);
      // Other errors reach the user with the name of the request in front.
      if (made.mains.length === 0) throw new ResponseError(ErrorCodes.InvalidParams, noProgram(folder));
      return made;
    },
    generate: async (folder, choices) => {
      const { generate } = await import('../generate/generate.ts');
      const { facts, signals } = await readPrograms(projects, folder);
      return generate(facts, signals(choices.main === '.' ? '' : choices.main), choices);
    },
  };
}

const noProgram = (folder: string): string =>
  `there is no main package below ${folder}: choose the folder of a Go program.`;

async function readPrograms(
  projects: Projects,
  folder: string,
): Promise<{ readonly facts: ProjectFacts; readonly signals: (mainDir: string) => ProgramSignals }> {
  const { readProgramSignals } = await import('../project/program-signals.ts');
  const facts = await projects.folder(folder);
  return { facts, signals: await readProgramSignals(facts, folder) };
}
