import { resolve } from 'node:path';
import type { Engine } from '../engine.ts';
import { modulesOf } from '../generate/modules.ts';
import type { Made } from '../images/references.ts';
import type { Row } from '../runner.ts';
import { type Built, builtIn, lay } from './bench.ts';
import { headline, templates } from './templates.ts';

const here = (project: string): string => resolve(import.meta.dirname, '../projects', project);
const generated = (project: string): string => resolve(import.meta.dirname, '../generate/projects', project);

/** Programs with one main package at the root, and one that the templates of others cannot build. */
const programs: readonly (readonly [name: string, folder: string])[] = [
  ['hello', here('hello')],
  ['web', here('web')],
  ['certificates', here('certificates')],
  ['grpc', generated('grpc')],
  ['two-mains', here('two-mains')],
];

const shown = (built: Built, least: number): string =>
  'error' in built
    ? built.error
    : `${(built.bytes / 1e6).toFixed(2).padStart(8)} MB ${(built.bytes / least).toFixed(1).padStart(7)} x`;

const row = (name: string, seconds: number, reason = ''): Row => ({
  rule: 'proof',
  name,
  verdict: reason === '' ? 'passed' : 'failed',
  seconds,
  reason,
});

const bytesOf = (built: Built): number => ('error' in built ? Number.POSITIVE_INFINITY : built.bytes);

/** One program in every way; ours is the smallest, and builds. */
const compare = async (engine: Engine, made: Made, name: string, folder: string): Promise<readonly Row[]> => {
  const addition = name === 'grpc' ? await modulesOf(folder, false) : undefined;
  const bench = { engine, made, project: folder, addition };
  const start = performance.now();
  const results: (readonly [string, Built])[] = [];
  results.push(['ours', await builtIn(bench, await lay(bench, `${name}-ours`))]);
  for (const template of templates) {
    const text = template.dockerfile('golang:1.26');
    results.push([template.name, await builtIn(bench, await lay(bench, `${name}-${template.name}`, text))]);
  }
  const seconds = (performance.now() - start) / 1000 / results.length;
  const least = Math.min(...results.map(([, built]) => bytesOf(built)));
  return results.map(([way, built]) => {
    const smallest = way !== 'ours' || bytesOf(built) === least;
    const text = `size of ${name.padEnd(14)}${way.padEnd(17)}${shown(built, least)}`;
    return row(text, seconds, smallest ? '' : 'it is not the smallest');
  });
};

/** Ours beside the templates of others, on the same programs in one run. */
export const runSideBySide = async (engine: Engine, made: Made): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const [name, folder] of programs) rows.push(...(await compare(engine, made, name, folder)));
  return rows;
};

/** The tutorial's three images and ours, from real builds: each is smaller than the one before. */
export const runHeadline = async (engine: Engine, made: Made): Promise<readonly Row[]> => {
  const bench = { engine, made, project: here('web'), addition: undefined };
  const rows: Row[] = [];
  let before = Number.POSITIVE_INFINITY;
  for (const [name, said, dockerfile] of [...headline, ['ours', '', undefined] as const]) {
    const start = performance.now();
    const built = await builtIn(bench, await lay(bench, `headline-${name}`, dockerfile));
    const bytes = bytesOf(built);
    const text = `headline: ${name.padEnd(32)}${(said && `${said} said,`).padStart(14)} ${'error' in built ? built.error : `${(bytes / 1e6).toFixed(2)} MB here`}`;
    rows.push(
      row(text, (performance.now() - start) / 1000, bytes < before ? '' : 'it is not smaller than the one before'),
    );
    before = bytes;
  }
  return rows;
};
