import type { RuledFinding } from '../analysis/analyze.ts';
import { render } from '../analysis/known.ts';
import type { Severity } from '../analysis/rule.ts';
import { type Console, wantsColour } from './console.ts';
import type { Linted } from './lint-targets.ts';
import { type Paint, painter } from './paint.ts';
import { nameInContext } from './targets.ts';

const styles: Readonly<Record<Severity, Parameters<Paint>[0]>> = {
  error: 'red',
  warning: 'yellow',
  information: 'blue',
  hint: 'dim',
};

/** `file:line:column severity message rule`, lines from 1, grouped by file, the steps of the reasoning below, a summary last. */
export function formatText(linted: readonly Linted[], console: Console): string {
  const paint = painter(wantsColour(console));
  const groups = linted
    .filter(({ findings }) => findings.length > 0)
    .map((one) => {
      const nameIn = nameInContext(one.context, console.folder);
      return one.findings.map((finding) => describe(one.name, nameIn, finding, paint)).join('');
    });
  return [...groups, `${paint('bold', summary(linted))}\n`].join('\n');
}

function describe(name: string, nameIn: (path: string) => string, finding: RuledFinding, paint: Paint): string {
  const { range, severity, message, rule, related, elsewhere } = finding;
  const level = paint(styles[severity], severity);
  const head = `${place(name, range)} ${level} ${render(message)} ${paint('dim', rule)}\n`;
  const steps = related.map((step) =>
    paint(
      'dim',
      `    ${place(step.file === undefined ? name : nameIn(step.file), step.range)} ${render(step.message)}`,
    ),
  );
  if (elsewhere) {
    const there = place(nameIn(elsewhere.path), elsewhere.range);
    steps.push(paint('dim', `    ${there} ${render(elsewhere.message)}`));
  }
  return head + steps.map((step) => `${step}\n`).join('');
}

const place = (name: string, { start }: RuledFinding['range']): string =>
  `${name}:${start.line + 1}:${start.character + 1}`;

function summary(linted: readonly Linted[]): string {
  const findings = linted.flatMap((one) => one.findings);
  const fixed = linted.reduce((sum, one) => sum + one.fixed, 0);
  const fixable = findings.filter(({ fixes }) => fixes.some(({ safe }) => safe)).length;
  return [
    `${count(findings.length, 'finding')} in ${count(linted.length, 'Dockerfile')}`,
    ...(fixed > 0 ? [`${fixed} fixed`] : []),
    ...(fixable > 0 ? [`${fixable} can be fixed with --fix`] : []),
  ].join(', ');
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
