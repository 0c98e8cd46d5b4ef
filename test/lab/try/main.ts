import { appendFile, readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findEngine } from '../engine.ts';
import type { Made } from '../images/references.ts';
import { type Attempt, attempt } from './attempt.ts';

const line = ({ name, main, base, reached, findings, megabytes, seconds, said }: Attempt): string =>
  [
    reached.padEnd(10),
    name.padEnd(36),
    main.padEnd(28),
    base.padEnd(18),
    (megabytes === undefined ? '' : `${megabytes.toFixed(1)} MB`).padStart(10),
    `${seconds.toFixed(0)} s`.padStart(6),
    ` ${said}`,
    ...findings.map((finding) => `\n  finding: ${finding}`),
  ].join('');

/** A work tree, and after `:` the folder of the main package to take. */
const parse = (argument: string): [string, string | undefined] => {
  const at = argument.lastIndexOf(':');
  return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
};

/** The attempts of earlier runs, one JSON object a line. */
const earlier = async (path: string | undefined): Promise<readonly Attempt[]> => {
  const text = path === undefined ? '' : await readFile(path, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((each) => each !== '')
    .map((each) => JSON.parse(each) as Attempt);
};

const usage = `usage: npm run try-generate -- [--results FILE] [--minutes N] DIR[:MAIN]…
  DIR        work tree of a Go project
  --results  appends a JSON object for each project to FILE and leaves out those that it has
  --minutes  gives a build up after that long (25)`;

const summary = (all: readonly Attempt[]): string => {
  const count = (...reached: readonly Attempt['reached'][]): number =>
    all.filter((each) => reached.includes(each.reached)).length;
  const silent = all.filter(({ reached, findings }) => reached !== 'nothing' && findings.length === 0).length;
  return `${all.length} projects: ${count('generated', 'built', 'started')} generated, ${silent} without a finding, ${count('built', 'started')} built, ${count('started')} started`;
};

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { results: { type: 'string' }, minutes: { type: 'string', default: '25' } },
  });
  if (positionals.length === 0) throw new Error(usage);
  const engine = await findEngine();
  if ('reason' in engine) throw new Error(`${engine.reason}. To enable it: ${engine.enable}`);
  const made: Made = new Map();
  const all = [...(await earlier(values.results))];
  const limit = Number(values.minutes) * 60_000;
  for (const [folder, program] of positionals.map(parse)) {
    if (all.some(({ name }) => name === basename(resolve(folder)))) continue;
    const done = await attempt(engine, made, resolve(folder), { main: program, limit });
    console.log(line(done));
    if (values.results !== undefined) await appendFile(values.results, `${JSON.stringify(done)}\n`);
    all.push(done);
  }
  console.log(summary(all));
};

await main();
