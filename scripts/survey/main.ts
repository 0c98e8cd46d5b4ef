import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { printSamples, printSurvey } from './print.ts';
import { type Surveyed, surveyTree } from './survey-tree.ts';

const usage = `usage: npm run survey -- DIR… [--show RULE] [--sample N]
  DIR            a work tree; every Dockerfile below it is linted with DIR as its workspace
  --show RULE    prints findings of this rule with their lines (or of every rule: --show all)
  --sample N     at most N of them, spread over all (default 20)`;

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { show: { type: 'string' }, sample: { type: 'string', default: '20' } },
  });
  const sample = Number(values.sample);
  if (positionals.length === 0 || !(sample > 0)) throw new Error(usage);
  const surveyed: Surveyed[] = [];
  for (const [index, folder] of positionals.entries()) {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${index + 1}/${positionals.length} ${folder}`);
    surveyed.push(...(await surveyTree(resolve(folder))));
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  if (values.show) printSamples(surveyed, values.show, sample);
  else printSurvey(surveyed, positionals.length);
};

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});
