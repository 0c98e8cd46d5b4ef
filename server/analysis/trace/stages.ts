import { expandWord } from '../dockerfile/expand.ts';
import type { Word } from '../dockerfile/model.ts';
import type { Known } from '../known.ts';
import type { StageTrace } from './model.ts';
import type { Walk } from './state.ts';

/** The earlier stage that `--from=name`, `--from=0` or `FROM name` means; undefined for anything else. */
export const stageNamed = (walk: Walk, name: string): StageTrace | undefined =>
  walk.stagesByName.get(name.toLowerCase()) ?? (/^\d+$/.test(name) ? walk.stages[Number(name)] : undefined);

/** Resolves the value of `--from`: a stage, or `unknown` for images, named contexts and what cannot be resolved. */
export const resolveFrom = (
  word: Word,
  lookup: (name: string) => Known<string> | undefined,
  walk: Walk,
): StageTrace | 'unknown' => {
  const name = expandWord(word.raw, lookup, walk.dockerfile.escape);
  return (name.known ? stageNamed(walk, name.value) : undefined) ?? 'unknown';
};
