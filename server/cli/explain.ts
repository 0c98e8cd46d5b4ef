import { documentationUrl } from '../analysis/documentation.ts';
import type { Rule } from '../analysis/rule.ts';
import { rules } from '../analysis/rules/index.ts';
import { type Console, wantsColour } from './console.ts';
import { readOptions } from './options.ts';
import { type Paint, painter } from './paint.ts';
import { type ExitCode, exitCodes, fail, suggestion } from './usage.ts';

/** `go-dockerfile explain`: the page of each rule that is named, or the list of all. Throws a UsageError for an unknown rule. */
export async function explainCommand(args: readonly string[], console: Console): Promise<ExitCode> {
  const { values, positionals } = readOptions(args, { json: { type: 'boolean', default: false } });
  const paint = painter(wantsColour(console) && !values.json);
  const chosen = positionals.length > 0 ? positionals.map(ruleNamed) : rules;
  if (values.json) console.out(`${JSON.stringify(chosen.map(described), null, 2)}\n`);
  else if (positionals.length === 0) console.out(list(paint));
  else console.out(chosen.map((rule) => page(rule, paint)).join('\n'));
  return exitCodes.clean;
}

const ids: readonly string[] = rules.map(({ id }) => id);

const ruleNamed = (name: string): Rule =>
  rules.find(({ id }) => id === name) ?? fail(`there is no rule "${name}"${suggestion(name, ids)}`);

const described = ({ id, title, severity, concern, why }: Rule) => ({
  id,
  title,
  severity,
  concern,
  why: why.trim(),
  url: documentationUrl(id),
});

function list(paint: Paint): string {
  const widest = Math.max(...ids.map((id) => id.length));
  const lines = rules.map(
    ({ id, severity, title }) => `${paint('bold', id.padEnd(widest))}  ${severity.padEnd(11)}  ${title}`,
  );
  return [...lines, '', `${rules.length} rules; go-dockerfile explain RULE says more`, ''].join('\n');
}

const indented = (text: string): string => text.trim().replace(/^(?=.)/gm, '    ');

function page({ id, severity, title, why, example, silent }: Rule, paint: Paint): string {
  const files = Object.entries(example.files ?? {}).map(([name, text]) => `${name}:\n${indented(text)}\n`);
  const sections = [
    `${paint('bold', id)} (${severity}): ${title}`,
    why.trim(),
    ...files,
    `${paint('bold', 'Reported:')}\n${indented(example.bad)}`,
    `${paint('bold', 'Good:')}\n${indented(example.good)}`,
    `${paint('bold', 'Not reported:')}\n${silent.map((line) => `  - ${line}`).join('\n')}`,
    `${paint('bold', 'Switch it off')} with a comment above the instruction: # go-dockerfile ignore=${id} -- reason`,
    documentationUrl(id),
  ];
  return `${sections.map((section) => section.trimEnd()).join('\n\n')}\n`;
}
