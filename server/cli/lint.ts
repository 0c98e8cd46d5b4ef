import type { RuledFinding } from '../analysis/analyze.ts';
import type { Severity } from '../analysis/rule.ts';
import type { Console } from './console.ts';
import { formatDiff } from './format-diff.ts';
import { formats } from './formats.ts';
import { type Fixing, type Linted, type LintResults, lintTargets } from './lint-targets.ts';
import { lintTogether } from './lint-threads.ts';
import { oneOf, readOptions } from './options.ts';
import { findTargets, type Target } from './targets.ts';
import { type ExitCode, exitCodes, fail } from './usage.ts';

const formatNames = Object.keys(formats) as readonly (keyof typeof formats)[];

const levels = ['error', 'warning', 'information', 'hint'] as const satisfies readonly Severity[];

/** `go-dockerfile lint`. Throws a UsageError for wrong options; files that cannot be read are told one by one. */
export async function lintCommand(args: readonly string[], console: Console): Promise<ExitCode> {
  const { values, positionals } = readOptions(args, {
    format: { type: 'string', default: 'text' },
    severity: { type: 'string', default: 'hint' },
    'fail-on': { type: 'string' },
    'stdin-filename': { type: 'string' },
    fix: { type: 'boolean', default: false },
    diff: { type: 'boolean', default: false },
  });
  const format = oneOf('--format', values.format, formatNames);
  const level = oneOf('--severity', values.severity, levels);
  const failOn = oneOf('--fail-on', values['fail-on'] ?? level, [...levels, 'never']);
  if (positionals.includes('-') && positionals.length > 1)
    fail('standard input (-) cannot be checked beside other paths');
  if (values.fix && values.diff) fail('--diff shows what --fix writes: give one of them');
  const paths = positionals.length > 0 ? positionals : ['.'];
  const { targets, problems: unread } = await findTargets(paths, console.folder, values['stdin-filename']);
  const { linted, problems: failed } = await lintAs(
    values.diff ? 'show' : values.fix ? 'write' : 'not',
    targets,
    console,
  );
  const problems = [...unread, ...failed];
  for (const problem of problems) console.err(`go-dockerfile: ${problem}\n`);
  if (values.diff) return showDiff(linted, problems, console);
  const shown = linted.map((one) => ({ ...one, findings: one.findings.filter(atLeast(level)) }));
  const text = formats[format](shown, console, problems);
  // The fixed text of standard input takes the place of the findings.
  if (values.fix && positionals.includes('-')) console.err(text);
  else if (format !== 'text' || shown.length > 0 || problems.length === 0) console.out(text);
  if (problems.length > 0) return exitCodes.error;
  const fails = failOn !== 'never' && shown.some(({ findings }) => findings.some(atLeast(failOn)));
  return fails ? exitCodes.findings : exitCodes.clean;
}

/** What a fix changes may be what the next one reads: only without fixing, several are checked at a time. */
const lintAs = (fixing: Fixing, targets: readonly Target[], console: Console): Promise<LintResults> =>
  fixing === 'not' ? lintTogether(targets, console) : lintTargets(targets, fixing, console);

function showDiff(linted: readonly Linted[], problems: readonly string[], console: Console): ExitCode {
  console.out(formatDiff(linted, console));
  const fixed = linted.reduce((sum, one) => sum + one.fixed, 0);
  console.err(`${fixed} ${fixed === 1 ? 'finding' : 'findings'} would be fixed with --fix\n`);
  if (problems.length > 0) return exitCodes.error;
  return linted.some(({ changes }) => changes.length > 0) ? exitCodes.findings : exitCodes.clean;
}

const atLeast =
  (level: Severity) =>
  ({ severity }: RuledFinding): boolean =>
    levels.indexOf(severity) <= levels.indexOf(level);
