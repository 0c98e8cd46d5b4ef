import type { GenerateChoices, GeneratedFiles, GeneratePlan } from '../protocol.ts';

/** What the language server needs of `server/generate`. */
export interface Generator {
  readonly plan: (folder: string) => Promise<GeneratePlan>;
  readonly generate: (folder: string, choices: GenerateChoices) => Promise<GeneratedFiles>;
}
