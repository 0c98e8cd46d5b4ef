import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Engine } from '../engine.ts';
import { modulesOf } from '../generate/modules.ts';
import type { Made } from '../images/references.ts';
import type { Row } from '../runner.ts';
import { type Bench, builtIn, lay } from './bench.ts';
import { templates } from './templates.ts';

const project = resolve(import.meta.dirname, '../generate/projects/grpc');
const withUuid = resolve(import.meta.dirname, '../projects/module');

/** The least times that an edit is rebuilt faster than with the naive file. */
const leastRatio = 10;

interface Times {
  readonly name: string;
  readonly edit: number;
  readonly dependency: number;
}

const edit = (folder: string): Promise<void> => appendFile(resolve(folder, 'main.go'), `\n// ${Date.now()}\n`);

/** One more module: its import, its requirement and its sums. */
const addDependency = async (folder: string): Promise<void> => {
  await writeFile(resolve(folder, 'more.go'), 'package main\n\nimport _ "github.com/google/uuid"\n');
  await appendFile(resolve(folder, 'go.mod'), '\nrequire github.com/google/uuid v1.6.0\n');
  await appendFile(resolve(folder, 'go.sum'), await readFile(resolve(withUuid, 'go.sum')));
};

const secondsOf = async (bench: Bench, folder: string): Promise<number> => {
  const built = await builtIn(bench, folder);
  if ('error' in built) throw new Error(built.error);
  return built.seconds;
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const timed = async (bench: Bench, name: string, dockerfile: string | undefined): Promise<Times> => {
  const folder = await lay(bench, `rebuild-${name}`, dockerfile);
  await secondsOf(bench, folder);
  const edits: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    await edit(folder);
    edits.push(await secondsOf(bench, folder));
  }
  await addDependency(folder);
  return { name, edit: median(edits), dependency: await secondsOf(bench, folder) };
};

/** How much longer a rebuild takes with other files: after one edit (median of three), and after one new dependency. */
export const runRebuilds = async (engine: Engine, made: Made): Promise<readonly Row[]> => {
  const bench: Bench = { engine, made, project, addition: await modulesOf(project, false) };
  const start = performance.now();
  const ours = await timed(bench, 'ours', undefined);
  const all: Times[] = [ours];
  for (const { name, dockerfile } of templates) all.push(await timed(bench, name, dockerfile('golang:1.26')));
  const seconds = (performance.now() - start) / 1000 / all.length;
  return all.map(({ name, edit: edited, dependency }): Row => {
    const ratio = edited / ours.edit;
    const text = `rebuild: ${name.padEnd(17)}edit ${edited.toFixed(1).padStart(6)} s ${ratio.toFixed(1).padStart(6)} x, dependency ${dependency.toFixed(1).padStart(6)} s ${(dependency / ours.dependency).toFixed(1).padStart(6)} x`;
    const slow = name === 'one stage' && ratio < leastRatio ? `ours is not ${leastRatio} times as fast` : '';
    return { rule: 'proof', name: text, verdict: slow === '' ? 'passed' : 'failed', seconds, reason: slow };
  });
};
