import { mkdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build, type Engine } from '../engine.ts';
import { type Made, provide } from '../images/references.ts';
import { workshop } from '../images/store.ts';
import { mustRun } from '../process.ts';
import { bases, type Cell } from './cells.ts';

/** One `go build` of a program with one import. */
export type Build = Omit<Cell, 'linkage' | 'verdict'>;

const quoted = (word: string): string => (/^[\w./=,-]+$/.test(word) ? word : `'${word}'`);

/** The command as a shell reads it. */
export const command = ({ env, flags }: Build, output: string): string =>
  [...env, 'go', 'build', ...flags.map(quoted), '-o', output, '.'].join(' ');

const source = ({ imports }: Build): string =>
  `package main\n\nimport ${imports === 'C' ? '' : '_ '}"${imports}"\n\nfunc main() {}\n`;

/** The stage that builds the program into `/app`. */
export const builder = (cell: Build): readonly string[] => {
  const { image, packages } = bases[cell.base];
  const install = packages.length > 0 ? [`RUN apk add --no-cache ${packages.join(' ')}`] : [];
  return [`FROM ${image} AS build`, ...install, 'WORKDIR /src', 'COPY . .', `RUN ${command(cell, '/app')}`];
};

/** The folder of one cell, as a project of its own. */
const writeCell = async (cell: Build, folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true });
  await writeFile(resolve(folder, 'go.mod'), 'module example.com/app\n\ngo 1.19\n');
  await writeFile(resolve(folder, 'main.go'), source(cell));
  await writeFile(resolve(folder, 'Dockerfile'), [...builder(cell), ''].join('\n'));
};

/** A Dockerfile that builds all cells of a base in one step; a build that fails leaves no file in /built, and its words in /said. */
const dockerfileOfAll = (base: Cell['base'], cells: readonly Build[]): string => {
  const { image, packages } = bases[base];
  const install = packages.length > 0 ? [`RUN apk add --no-cache ${packages.join(' ')}`] : [];
  const script = cells.map(
    (cell, index) => `cd /cells/${index} && ${command(cell, `/built/${index}`)} 2>/said/${index}`,
  );
  const run = `RUN ${['mkdir /built /said', ...script, 'true'].join('; \\\n  ')}`;
  return [`FROM ${image}`, ...install, 'COPY . /cells', run, ''].join('\n');
};

/**
 * Where the programs of a table that are built on a base lie: cell N in `cells/N`, its program, if it has one, in `built/N`,
 * and what go build said in `said/N`.
 */
export const folderOf = (table: string, base: Cell['base']): string =>
  resolve(workshop, table, base.replaceAll(/\W+/g, '-'));

/** Builds all programs of one base as one image, so that the engine keeps them, and takes them out of it. */
export const buildAll = async (
  engine: Engine,
  made: Made,
  table: string,
  base: Cell['base'],
  cells: readonly Build[],
): Promise<void> => {
  const folder = folderOf(table, base);
  const tag = `go-dockerfile-lab/${table}-${base.toLowerCase().replaceAll(/\W+/g, '-')}`;
  await rm(folder, { recursive: true, force: true });
  for (const [index, cell] of cells.entries()) await writeCell(cell, resolve(folder, `cells/${index}`));
  await writeFile(resolve(folder, 'cells/Dockerfile'), dockerfileOfAll(base, cells));
  for (const name of ['built', 'said']) await mkdir(resolve(folder, name));
  await provide(engine, made, bases[base].image);
  const building = await build(engine, resolve(folder, 'cells'), tag, [], 1_800_000);
  if (building.code !== 0) throw new Error(building.stderr.split('\n').slice(-15).join('\n'));
  const mount = `type=bind,source=${folder},target=/taken`;
  const take = ['run', '--rm', '--network=none', '--mount', mount, tag, 'sh', '-c', 'cp -r /built /said /taken'];
  await mustRun(engine.program, take);
};
