import path from 'node:path';
import type { RuledFinding } from '../analysis/analyze.ts';
import { render } from '../analysis/known.ts';
import type { Severity } from '../analysis/rule.ts';
import type { Console } from './console.ts';
import type { Linted } from './lint-targets.ts';
import { repositoryFolder, repositoryPath } from './repository-paths.ts';

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/**
 * Workflow commands of GitHub Actions, one line per finding, the steps of the reasoning in its text.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function formatGithub(linted: readonly Linted[], console: Console): string {
  const root = repositoryFolder(console);
  const lines = linted.flatMap(({ file, context, findings }) => {
    const nameIn = (name: string | undefined): string =>
      repositoryPath(root, name === undefined ? file : path.join(context, name));
    return findings.map((finding) => annotation(finding, nameIn));
  });
  return lines.map((line) => `${line}\n`).join('');
}

function annotation(finding: RuledFinding, nameIn: (file: string | undefined) => string): string {
  const { rule, severity, message, range, related, elsewhere } = finding;
  const { start, end } = range;
  // GitHub wants columns only of what is on one line.
  const columns = start.line === end.line ? { col: start.character + 1, endColumn: end.character + 1 } : {};
  const properties = Object.entries({
    file: nameIn(undefined),
    line: start.line + 1,
    endLine: end.line + 1,
    ...columns,
    title: rule,
  });
  const steps = [
    ...related,
    ...(elsewhere ? [{ file: elsewhere.path, range: elsewhere.range, message: elsewhere.message }] : []),
  ].map((step) => `${nameIn(step.file)}:${step.range.start.line + 1} ${render(step.message)}`);
  const values = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${commands[severity]} ${values.join(',')}::${escapeData([render(message), ...steps].join('\n'))}`;
}

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
