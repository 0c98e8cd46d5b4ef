import { render } from '../analysis/known.ts';
import type { Severity } from '../analysis/rule.ts';
import type { Console } from './console.ts';
import { fingerprints } from './fingerprints.ts';
import type { Linted } from './lint-targets.ts';
import { repositoryFolder, repositoryPath } from './repository-paths.ts';

const severities: Readonly<Record<Severity, string>> = {
  error: 'critical',
  warning: 'major',
  information: 'minor',
  hint: 'info',
};

/** A code quality report of GitLab. https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export function formatGitlab(linted: readonly Linted[], console: Console): string {
  const root = repositoryFolder(console);
  const fingerprint = fingerprints();
  const issues = linted.flatMap(({ file, findings }) => {
    const path = repositoryPath(root, file);
    return findings.map((finding) => ({
      description: render(finding.message),
      check_name: finding.rule,
      fingerprint: fingerprint(path, finding),
      severity: severities[finding.severity],
      location: { path, lines: { begin: finding.range.start.line + 1, end: finding.range.end.line + 1 } },
    }));
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}
