import type { GenerateChoices, GeneratedFiles, GeneratePlan } from '../protocol.ts';

/** What the language server needs of `server/generate`. */
export interface Generator {
  /** Rejects when the folder holds no Go program, with a sentence. */
  readonly plan: (folder: string) => Promise<GeneratePlan>;
  readonly generate: (folder: string, choices: GenerateChoices) => Promise<GeneratedFiles>;
}
