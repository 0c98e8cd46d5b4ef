import type { RuledFinding } from '../analysis/analyze.ts';
import type { Severity } from '../analysis/rule.ts';
import type { Console } from './console.ts';
import { formatJson } from './format-json.ts';
import { formatText } from './format-text.ts';
import { lintTargets } from './lint-targets.ts';
import { lintTogether } from './lint-threads.ts';
import { oneOf, readOptions } from './options.ts';
import { findTargets } from './targets.ts';
import { type ExitCode, exitCodes, fail } from './usage.ts';

const levels = ['error', 'warning', 'information', 'hint'] as const satisfies readonly Severity[];

/** `go-dockerfile lint`. Throws a UsageError for wrong options; files that cannot be read are told one by one. */
export async function lintCommand(args: readonly string[], console: Console): Promise<ExitCode> {
  const { values, positionals } = readOptions(args, {
    format: { type: 'string', default: 'text' },
    severity: { type: 'string', default: 'hint' },
    fix: { type: 'boolean', default: false },
  });
  const format = oneOf('--format', values.format, ['text', 'json']);
  const level = oneOf('--severity', values.severity, levels);
  if (positionals.includes('-') && positionals.length > 1)
    fail('standard input (-) cannot be checked beside other paths');
  const targets = await findTargets(positionals.length > 0 ? positionals : ['.'], console.folder);
  // What a fix writes may be what the next one reads.
  const lint = values.fix ? lintTargets(targets.targets, true, console) : lintTogether(targets.targets, console);
  const { linted, problems } = await lint;
  for (const problem of [...targets.problems, ...problems]) console.err(`go-dockerfile: ${problem}\n`);
  const shown = linted.map((one) => ({ ...one, findings: one.findings.filter(atLeast(level)) }));
  const failed = targets.problems.length + problems.length > 0;
  const text = format === 'json' ? formatJson(shown, console) : formatText(shown, console);
  // The fixed text of standard input takes the place of the findings.
  if (values.fix && positionals.includes('-')) console.err(text);
  else if (format === 'json' || shown.length > 0 || !failed) console.out(text);
  if (failed) return exitCodes.error;
  return shown.some(({ findings }) => findings.length > 0) ? exitCodes.findings : exitCodes.clean;
}

const atLeast =
  (level: Severity) =>
  ({ severity }: RuledFinding): boolean =>
    levels.indexOf(severity) <= levels.indexOf(level);
