import assert from 'node:assert/strict';
import type { Dockerfile, Instruction } from '../../../server/analysis/dockerfile/model.ts';
import { parseDockerfile } from '../../../server/analysis/dockerfile/parse.ts';

/** Every instruction of the stages, FROM included. */
export const instructionsOf = ({ stages }: Dockerfile): readonly Instruction[] =>
  stages.flatMap(({ from, instructions }) => [from, ...instructions]);

/** The instruction type that has the keyword among its own. */
type InstructionOf<K, I = Instruction> = I extends { readonly keyword: infer W } ? (K extends W ? I : never) : never;

/** The only instruction behind `FROM x`, of the keyword asked for. */
export const only = <K extends Instruction['keyword']>(
  text: string,
  keyword: K,
): { readonly dockerfile: Dockerfile; readonly instruction: InstructionOf<K> } => {
  const dockerfile = parseDockerfile(text);
  const found = dockerfile.stages.flatMap(({ instructions }) => instructions);
  assert.deepEqual(
    found.map((instruction) => instruction.keyword),
    [keyword],
  );
  return { dockerfile, instruction: found[0] as InstructionOf<K> };
};

/** The shell text of a RUN in shell form. */
export const shellText = (text: string): string => {
  const { form } = only(text, 'RUN').instruction;
  assert.equal(form.kind, 'shell');
  return form.kind === 'shell' ? form.script.text : '';
};

/** Keywords of all instructions, in order. */
export const keywords = (text: string): readonly string[] =>
  instructionsOf(parseDockerfile(text)).map(({ keyword }) => keyword);
