import { resolve } from 'node:path';
import { findEngine } from '../engine.ts';
import type { Made } from '../images/references.ts';
import { type Attempt, attempt } from './attempt.ts';

const line = ({ name, main, base, reached, megabytes, seconds, said }: Attempt): string =>
  [
    reached.padEnd(10),
    name.padEnd(36),
    main.padEnd(28),
    base.padEnd(18),
    (megabytes === undefined ? '' : `${megabytes.toFixed(1)} MB`).padStart(10),
    `${seconds.toFixed(0)} s`.padStart(6),
    ` ${said}`,
  ].join('');

/** A work tree, and after `:` the folder of the main package to take. */
const parse = (argument: string): [string, string | undefined] => {
  const at = argument.lastIndexOf(':');
  return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
};

const main = async (): Promise<void> => {
  const folders = process.argv.slice(2);
  if (folders.length === 0) throw new Error('usage: npm run try-generate -- DIR[:MAIN]…   work trees of Go projects');
  const engine = await findEngine();
  if ('reason' in engine) throw new Error(`${engine.reason}. To enable it: ${engine.enable}`);
  const made: Made = new Map();
  const all: Attempt[] = [];
  for (const [folder, program] of folders.map(parse)) {
    const done = await attempt(engine, made, resolve(folder), program);
    console.log(line(done));
    all.push(done);
  }
  const count = (...reached: readonly Attempt['reached'][]): number =>
    all.filter((each) => reached.includes(each.reached)).length;
  const generated = count('generated', 'built', 'started');
  console.log(
    `${all.length} projects: ${generated} generated, ${count('built', 'started')} built, ${count('started')} started`,
  );
};

await main();
