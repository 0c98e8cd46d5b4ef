import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { Reading } from '../analysis/go/reading.ts';
import type { GenerateChoices, GeneratedFiles, GeneratePlan, ImproveOutcome } from '../protocol.ts';
import type { Projects } from './projects.ts';

/** What the language server needs of `server/generate`. Folders are absolute; nothing is written. */
export interface Generator {
  /** For the program in `main`, or the likeliest one. Rejects when the folder holds no Go program, with a sentence. */
  readonly plan: (folder: string, main?: string) => Promise<GeneratePlan>;
  /** `change` is what differs from the recommendation for its program. */
  readonly generate: (folder: string, change: Partial<GenerateChoices>) => Promise<GeneratedFiles>;
  /** A rewrite of the text of a Dockerfile that is built in the folder. */
  readonly improve: (folder: string, text: string) => Promise<ImproveOutcome>;
}

/** The generator over projects on disk; loaded when first asked. */
export function createGenerator(projects: Projects, today: () => Date): Generator {
  const read = async (folder: string): Promise<Reading> => {
    const { readForGenerator } = await import('../project/read-for-generator.ts');
    return readForGenerator(await projects.folder(folder), folder);
  };
  const planned = async (folder: string, main: string | undefined): Promise<[Reading, GeneratePlan]> => {
    const { plan } = await import('../generate/plan.ts');
    const reading = await read(folder);
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
    improve: async (folder, text) => {
      const { improve } = await import('../generate/improve/improve.ts');
      return improve(text, await read(folder), folder, today().toISOString().slice(0, 10));
    },
  };
}

const noProgram = (folder: string): string =>
  `there is no main package below ${folder}: choose the folder of a Go program.`;
