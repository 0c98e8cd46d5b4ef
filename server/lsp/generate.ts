import type { GenerateChoices, GeneratedFiles, GeneratePlan } from '../protocol.ts';
import type { Projects } from './projects.ts';

/** What the language server needs of `server/generate`. */
export interface Generator {
  /** Rejects when the folder holds no Go program, with a sentence. */
  readonly plan: (folder: string) => Promise<GeneratePlan>;
  readonly generate: (folder: string, choices: GenerateChoices) => Promise<GeneratedFiles>;
}

/** The generator over projects on disk. */
export const createGenerator = (_projects: Projects): Generator => ({
  plan: (folder) => Promise.reject(new Error(`${folder}: the generator is not there yet`)),
  generate: (folder) => Promise.reject(new Error(`${folder}: the generator is not there yet`)),
});
