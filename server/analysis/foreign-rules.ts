/**
 * Rules of other tools that mean what a rule of ours means, by tool. A comment that ignores the one ignores the other, and
 * what the one says in the editor the other does not say again.
 */
type Meanings = Readonly<Record<string, readonly string[]>>;

const hadolint: Meanings = {
  DL3002: ['no-root-user'],
  DL3006: ['pin-base-image'],
  DL3007: ['pin-base-image'],
  DL3009: ['no-apt-lists'],
  DL3019: ['no-apk-cache'],
  DL3020: ['prefer-copy-over-add'],
  DL3025: ['prefer-exec-form'],
  DL3045: ['set-workdir'],
  DL3062: ['pin-go-install'],
  DL3064: ['no-secret-in-build'],
  DL3066: ['prefer-numeric-user'],
};

/** Docker's build checks. */
const buildChecks: Meanings = {
  CopyIgnoredFile: ['copy-existing-go-sum', 'copy-existing-source', 'no-ignored-source'],
  JSONArgsRecommended: ['prefer-exec-form'],
  SecretsUsedInArgOrEnv: ['no-secret-in-build'],
  UndefinedVar: ['declare-build-arg', 'no-target-arg-default'],
};

/** Ids in their short form with four digits, and the names they have as well, without `docker-` (trivy-checks of 2026-08-21). */
const trivy: Meanings = {
  'DS-0001': ['pin-base-image'],
  'DS-0002': ['no-root-user'],
  'DS-0005': ['prefer-copy-over-add'],
  'DS-0025': ['no-apk-cache'],
  'DS-0031': ['no-secret-in-build'],
  'use-specific-tags': ['pin-base-image'],
  'least-privilege-user': ['no-root-user'],
  'use-copy-over-add': ['prefer-copy-over-add'],
  'purge-apk-package-cache': ['no-apk-cache'],
  'do-not-pass-secrets': ['no-secret-in-build'],
};

const checkov: Meanings = {
  CKV_DOCKER_3: ['no-root-user'],
  CKV_DOCKER_4: ['prefer-copy-over-add'],
  CKV_DOCKER_7: ['pin-base-image'],
  CKV_DOCKER_8: ['no-root-user'],
};

const semgrep: Meanings = {
  'avoid-latest-version': ['pin-base-image'],
  'missing-apk-no-cache': ['no-apk-cache'],
  'missing-image-version': ['pin-base-image'],
  'last-user-is-root': ['no-root-user'],
  'missing-user': ['no-root-user'],
  'missing-user-entrypoint': ['no-root-user'],
  'prefer-copy-over-add': ['prefer-copy-over-add'],
  'prefer-json-notation': ['prefer-exec-form'],
  'secret-in-build-arg': ['no-secret-in-build'],
};

/** Its own rules; it takes hadolint's and Docker's ids as well. */
const tally: Meanings = {
  'copy-from-empty-scratch-stage': ['copy-built-file'],
  'named-identity-in-passwdless-stage': ['prefer-numeric-user'],
  'prefer-multi-stage-build': ['prefer-multi-stage'],
  'prefer-package-cache-mounts': ['match-cache-mounts', 'prefer-cache-mounts'],
  'require-secret-mounts': ['no-secret-in-build'],
  'secrets-in-code': ['no-secret-in-build'],
  'shell-run-in-scratch': ['no-shell-without-shell'],
};

const all: ReadonlyMap<string, readonly string[]> = new Map(
  [hadolint, buildChecks, trivy, checkov, semgrep, tally].flatMap((meanings) => Object.entries(meanings)),
);

/** Our rules of the same meaning as the rule with this id; empty for any other. */
export const sameMeaning = (id: string): readonly string[] => all.get(id) ?? [];

/** What a bare `nosemgrep` means. */
export const semgrepIds: readonly string[] = Object.keys(semgrep);

/** Every rule of ours that another tool's id can name. */
export const foreignTargets: ReadonlySet<string> = new Set([...all.values()].flat());
