import type { Word } from '../dockerfile/model.ts';
import type { CopyTrace } from './model.ts';
import { contextPath } from './paths.ts';

/** A source that a COPY or ADD takes from the build context by its plain name. */
export interface NamedSource {
  readonly word: Word;
  /** In the build context; never the context itself. */
  readonly path: string;
}

/** Sources without patterns, variables and addresses. */
export const namedSources = ({ from, sources, instruction }: CopyTrace): readonly NamedSource[] =>
  from !== undefined || instruction.flags.some(({ name }) => name === 'from' || name === 'parents')
    ? []
    : sources.flatMap((source, at) => {
        const word = instruction.sources[at];
        if (!word || !source.known || /[*?[$]|^[a-z]+:\/\/|^git@/.test(word.raw)) return [];
        const path = contextPath(source.value);
        return path === '' ? [] : [{ word, path }];
      });
