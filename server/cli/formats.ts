import type { Console } from './console.ts';
import { formatGithub } from './format-github.ts';
import { formatGitlab } from './format-gitlab.ts';
import { formatJson } from './format-json.ts';
import { formatSarif } from './format-sarif.ts';
import { formatText } from './format-text.ts';
import type { Linted } from './lint-targets.ts';

/** Findings as text; `problems` are the clauses about what could not be checked. */
type Format = (linted: readonly Linted[], console: Console, problems: readonly string[]) => string;

/** What `lint --format` knows, by name. */
export const formats = {
  text: formatText,
  json: formatJson,
  sarif: formatSarif,
  github: formatGithub,
  gitlab: formatGitlab,
} as const satisfies Record<string, Format>;
