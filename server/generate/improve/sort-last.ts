import type { CommandInstruction, Instruction, RunInstruction } from '../../analysis/dockerfile/model.ts';
import { knownValue } from '../../analysis/known.ts';
import { commandsOfRun } from '../../analysis/shell/commands.ts';
import type { Recipe } from '../recipe.ts';
import type { Author } from './author.ts';
import { inShort, textOf } from './texts.ts';

/** What becomes of an instruction about the image that runs. */
export type LastFate =
  | { readonly kind: 'kept'; readonly lines: readonly string[] }
  /** The COPY of the program. */
  | { readonly kind: 'program' }
  | { readonly kind: 'gone'; readonly note?: string };

const isRoot = (word: string): boolean => /^(?:root|0)(?::(?:root|0))?$/.test(word.replace(/["']/g, ''));

/** `CMD ./app -x` as the array that starts it without a shell; the program where it is now. */
const asArray = (instruction: CommandInstruction, author: Author): readonly string[] => {
  const { last, dockerfile, path, newPath } = author;
  const started = last.start?.instruction === instruction ? last.start : undefined;
  const [program = '', ...rest] = started?.words ?? [''];
  const moves = path !== newPath && program.includes('/');
  if ((instruction.form.kind === 'exec' && !moves) || program === '' || rest.includes('')) {
    return textOf(dockerfile, instruction);
  }
  const words = [moves ? (newPath ?? program) : program, ...rest];
  return [`${instruction.keyword} [${words.map((word) => JSON.stringify(word)).join(', ')}]`];
};

/** A shell form that only a shell can run. */
export const needsShell = (instruction: Instruction, { last }: Author): boolean => {
  if (instruction.keyword === 'HEALTHCHECK') return instruction.form?.kind === 'shell';
  if (instruction.keyword !== 'CMD' && instruction.keyword !== 'ENTRYPOINT') return false;
  if (instruction.form.kind === 'exec') return /^(?:\/bin\/)?(?:ba)?sh$/.test(instruction.form.words[0]?.raw ?? '');
  const words = last.start?.instruction === instruction ? last.start.words : undefined;
  return !words || words.includes('');
};

/** Makes a user, or a folder of its own. */
export const makesUser = (run: RunInstruction, { dockerfile }: Author): boolean =>
  commandsOfRun(run, dockerfile).commands.some(({ words }) =>
    /^(?:addgroup|adduser|groupadd|useradd)$/.test(words[0]?.raw.split('/').at(-1) ?? ''),
  );

const copiesProgram = (instruction: Instruction, { last, path }: Author): boolean =>
  last.copies.some((copy) => {
    if (copy.instruction !== instruction || path === undefined) return false;
    const destination = knownValue(copy.destination);
    return destination !== undefined && (path === destination || path.startsWith(`${destination.replace(/\/$/, '')}/`));
  });

/** `go run` in CMD gives way to the program, its arguments stay. */
const startsProgram = ({ last }: Author, { programs }: Recipe): readonly string[] => {
  const rest = (last.start?.words ?? []).slice(2).filter((word) => !/\.go$|^\.{1,2}(?:\/|$)/.test(word));
  return [`ENTRYPOINT [${[programs[0]?.path ?? '', ...rest].map((word) => JSON.stringify(word)).join(', ')}]`];
};

/** What becomes of one instruction in the last stage of ours. */
export const lastFateOf = (instruction: Instruction, author: Author, recipe: Recipe, shell: boolean): LastFate => {
  const kept: LastFate = { kind: 'kept', lines: textOf(author.dockerfile, instruction) };
  const gone: LastFate = { kind: 'gone', note: inShort(author.dockerfile, instruction) };
  switch (instruction.keyword) {
    case 'COPY':
    case 'ADD':
      return copiesProgram(instruction, author) ? { kind: 'program' } : kept;
    case 'RUN':
      if (!author.single) return kept;
      return shell && makesUser(instruction, author) ? kept : gone;
    case 'WORKDIR':
      // Only root may enter, and nothing is there any more.
      return author.path !== author.newPath && /^\/root\/?$/.test(instruction.words[0]?.raw ?? '')
        ? { kind: 'gone' }
        : kept;
    case 'USER':
      return isRoot(instruction.words[0]?.raw ?? '') ? gone : kept;
    case 'CMD':
    case 'ENTRYPOINT':
      if (!author.binary) return { kind: 'kept', lines: startsProgram(author, recipe) };
      return { kind: 'kept', lines: asArray(instruction, author) };
    case 'HEALTHCHECK':
      return needsShell(instruction, author) && !shell ? gone : kept;
    default:
      return kept;
  }
};
