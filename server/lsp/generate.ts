import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { Reading } from '../analysis/go/reading.ts';
import type { GenerateChoices, GeneratedFiles, GeneratePlan } from '../protocol.ts';
import type { Projects } from './projects.ts';

/** What the language server needs of `server/generate`. Folders are absolute; nothing is written. */
export interface Generator {
  /** For the program in `main`, or the likeliest one. Rejects when the folder holds no Go program, with a sentence. */
  readonly plan: (folder: string, main?: string) => Promise<GeneratePlan>;
  /** `change` is what differs from the recommendation for its program. */
  readonly generate: (folder: string, change: Partial<GenerateChoices>) => Promise<GeneratedFiles>;
}

/** The generator over projects on disk; loaded when first asked. */
export function createGenerator(projects: Projects): Generator {
  const planned = async (folder: string, main: string | undefined): Promise<[Reading, GeneratePlan]> => {
    const { plan } = await import('../generate/plan.ts');
    const { readForGenerator } = await import('../project/read-for-generator.ts');
    const reading = await readForGenerator(await projects.folder(folder), folder);
    const made = plan(reading, folder, main);
    // Other errors reach the user with the name of the request in front.
    if (made.mains.length === 0) throw new ResponseError(ErrorCodes.InvalidParams, noProgram(folder));
    return [reading, made];
  };
  return {
    plan: async (folder, main) => (await planned(folder, main))[1],
    generate: async (folder, change) => {
      const { generate } = await import('../generate/generate.ts');
      const [reading, { recommended }] = await planned(folder, change.main);
      return generate(reading, { ...recommended, ...change });
    },
  };
}

const noProgram = (folder: string): string =>
  `there is no main package below ${folder}: choose the folder of a Go program.`;
