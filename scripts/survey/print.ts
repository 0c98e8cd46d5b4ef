import { readFileSync } from 'node:fs';
import type { RuledFinding } from '../../server/analysis/analyze.ts';
import { render } from '../../server/analysis/known.ts';
import type { Severity } from '../../server/analysis/rule.ts';
import { rules } from '../../server/analysis/rules/index.ts';
import type { Surveyed } from './survey-tree.ts';

const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

const columns = (cells: readonly (string | number)[]): string =>
  cells.map((cell, at) => (at === 0 ? String(cell).padEnd(34) : String(cell).padStart(13))).join('');

const rowOf = (id: string, surveyed: readonly Surveyed[]): string => {
  const findings = surveyed.flatMap((one) => one.findings.filter(({ rule }) => rule === id));
  const files = surveyed.filter((one) => one.findings.some(({ rule }) => rule === id)).length;
  const bySeverity = severities.map((level) => findings.filter(({ severity }) => severity === level).length);
  return columns([id, files, findings.length, ...bySeverity]);
};

const slowestFiles = 10;

/** Prints a row per rule, the slowest files, and every file that could not be checked. */
export const printSurvey = (surveyed: readonly Surveyed[], trees: number): void => {
  console.log(columns(['rule', 'files', 'findings', ...severities]));
  for (const { id } of rules) console.log(rowOf(id, surveyed));
  const sum = (count: (one: Surveyed) => number): number => surveyed.reduce((total, one) => total + count(one), 0);
  const bySeverity = severities.map((level) => sum((one) => one.findings.filter((f) => f.severity === level).length));
  const withFindings = surveyed.filter(({ findings }) => findings.length > 0).length;
  console.log(columns(['all', withFindings, sum(({ findings }) => findings.length), ...bySeverity]));
  console.log(`\nslowest of ${surveyed.length} Dockerfiles in ${trees} trees (with reading the project, once):`);
  const slowest = surveyed.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, slowestFiles);
  for (const { file, milliseconds } of slowest) console.log(`${milliseconds.toFixed(0).padStart(8)} ms  ${file}`);
  const problems = surveyed.filter(({ problem }) => problem !== undefined);
  console.log(`\n${problems.length} could not be checked`);
  for (const { file, problem } of problems) console.log(`  ${file}: ${problem}`);
};

const printFinding = (file: string, { range, severity, message, rule, related, fixes }: RuledFinding): void => {
  const lines = readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .slice(range.start.line, range.end.line + 1);
  console.log(`${file}:${range.start.line + 1}: ${severity} ${rule}: ${render(message)}`);
  for (const line of lines.slice(0, 3)) console.log(`    | ${line}`);
  for (const step of related) console.log(`    ${step.range.start.line + 1}: ${render(step.message)}`);
  for (const { title, safe } of fixes) console.log(`    ${safe ? 'safe' : 'suggested'} fix: ${title}`);
};

/** Prints findings of one rule, or of `all`, with the lines they stand on: every n-th of them, at most `most` of each rule. */
export const printSamples = (surveyed: readonly Surveyed[], asked: string, most: number): void => {
  for (const { id } of rules) {
    if (asked !== 'all' && asked !== id) continue;
    const found = surveyed.flatMap(({ file, findings }) =>
      findings.filter(({ rule }) => rule === id).map((finding) => ({ file, finding })),
    );
    const every = Math.max(1, Math.ceil(found.length / most));
    for (const { file, finding } of found.filter((_, at) => at % every === 0)) printFinding(file, finding);
  }
};
