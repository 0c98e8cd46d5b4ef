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

/** Ids of hadolint, Docker's build checks, trivy, checkov and semgrep (the last part), and our rules of the same meaning. */
const sameMeaning: ReadonlyMap<string, readonly string[]> = new Map([
  ['DL3002', ['no-root-user']],
  ['DL3006', ['pin-base-image']],
  ['DL3007', ['pin-base-image']],
  ['DL3009', ['no-apt-lists']],
  ['DL3019', ['no-apk-cache']],
  ['DL3020', ['prefer-copy-over-add']],
  ['DL3025', ['prefer-exec-form']],
  ['DL3062', ['pin-go-install']],
  ['DL3066', ['prefer-numeric-user']],
  ['CopyIgnoredFile', ['copy-existing-source']],
  ['JSONArgsRecommended', ['prefer-exec-form']],
  ['SecretsUsedInArgOrEnv', ['no-secret-in-build']],
  ['UndefinedVar', ['declare-build-arg', 'no-target-arg-default']],
  ['DS-0001', ['pin-base-image']],
  ['DS-0002', ['no-root-user']],
  ['DS-0005', ['prefer-copy-over-add']],
  ['DS-0025', ['no-apk-cache']],
  ['DS-0031', ['no-secret-in-build']],
  ['CKV_DOCKER_3', ['no-root-user']],
  ['CKV_DOCKER_4', ['prefer-copy-over-add']],
  ['CKV_DOCKER_7', ['pin-base-image']],
  ['CKV_DOCKER_8', ['no-root-user']],
  ['avoid-latest-version', ['pin-base-image']],
  ['missing-apk-no-cache', ['no-apk-cache']],
  ['missing-image-version', ['pin-base-image']],
  ['last-user-is-root', ['no-root-user']],
  ['missing-user', ['no-root-user']],
  ['missing-user-entrypoint', ['no-root-user']],
  ['prefer-copy-over-add', ['prefer-copy-over-add']],
  ['prefer-json-notation', ['prefer-exec-form']],
]);

/** Ids of semgrep; a bare `nosemgrep` means all of them. */
const semgrepIds = [...sameMeaning.keys()].filter((id) => /^[a-z]/.test(id));

/** `AVD-DS-0001`, `DS001` and `DS-0001` are one. */
const trivyId = (id: string): string => {
  const number = /^(?:AVD-)?DS-?0*(\d+)$/i.exec(id)?.[1];
  return number === undefined ? id : `DS-${number.padStart(4, '0')}`;
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
  const rules = new Set(ids.flatMap((id) => sameMeaning.get(id) ?? []));
  return rules.size > 0 ? { rules: [...rules], reach } : undefined;
};

/** Every rule of ours that a comment of another tool can name. */
export const foreignTargets: ReadonlySet<string> = new Set([...sameMeaning.values()].flat());
