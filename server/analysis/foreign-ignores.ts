import { sameMeaning, semgrepIds } from './foreign-rules.ts';

/**
 * How far a comment of another tool reaches: the next instruction, the stage that one lies in, or all of the file; a
 * `directive` all of the file above the first instruction, else the next one.
 */
export type Reach = 'next' | 'stage' | 'file' | 'directive';

/** The rules of ours that mean what a comment of another tool ignores. */
export interface ForeignIgnore {
  readonly rules: readonly string[];
  readonly reach: Reach;
}

/** `AVD-DS-0001`, `DS001` and `DS-0001` are one, and so are `docker-use-specific-tags` and `use-specific-tags`. */
const trivyId = (id: string): string => {
  const number = /^(?:AVD-)?DS-?0*(\d+)$/i.exec(id)?.[1];
  return number === undefined ? id.replace(/^docker-/, '') : `DS-${number.padStart(4, '0')}`;
};

const split = (text: string | undefined): readonly string[] =>
  (text ?? '').split(',').map((id) => id.trim().replace(/^.*[/.]/, ''));

const idList = '([\\w./-]+(?:\\s*,\\s*[\\w./-]+)*)';
const nextPattern = new RegExp(`^(?:hadolint|tally)\\s+(global\\s+)?ignore=${idList}`, 'i');
const checkPattern = new RegExp(`^check=(?:[^;]*;)*\\s*skip=${idList}`, 'i');
const semgrepPattern = new RegExp(`^nosemgrep(?::\\s*${idList})?\\s*$`);

const idsOf = (comment: string): { readonly ids: readonly string[]; readonly reach: Reach } => {
  const next = nextPattern.exec(comment);
  if (next) return { ids: split(next[2]), reach: next[1] ? 'file' : 'next' };
  const check = checkPattern.exec(comment);
  if (check) return { ids: split(check[1]), reach: 'directive' };
  const trivy = [...comment.matchAll(/\btrivy:ignore:([\w-]+)/g)].map(([, id = '']) => trivyId(id));
  if (trivy.length > 0) return { ids: trivy, reach: 'stage' };
  const checkov = [...comment.matchAll(/\bcheckov:skip=(\w+)/g)].map(([, id = '']) => id);
  if (checkov.length > 0) return { ids: checkov, reach: 'file' };
  const semgrep = semgrepPattern.exec(comment);
  if (semgrep) return { ids: semgrep[1] === undefined ? semgrepIds : split(semgrep[1]), reach: 'stage' };
  return { ids: [], reach: 'next' };
};

/** What a comment (without its `#`) of another tool ignores of ours; undefined for any other comment. */
export const foreignIgnore = (comment: string): ForeignIgnore | undefined => {
  const { ids, reach } = idsOf(comment);
  const rules = new Set(ids.flatMap((id) => sameMeaning(id)));
  return rules.size > 0 ? { rules: [...rules], reach } : undefined;
};
