import { mkdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { analyze } from '../../../server/analysis/analyze.ts';
import { build, type Engine } from '../engine.ts';
import { type Made, provide } from '../images/references.ts';
import { workshop } from '../images/store.ts';
import { factsOf } from '../judgement.ts';
import { mustRun } from '../process.ts';
import type { Row } from '../runner.ts';
import { bases, type Cell, linkCells } from './cells.ts';
import { linkageOfFile } from './elf.ts';

const quoted = (word: string): string => (/^[\w./=,-]+$/.test(word) ? word : `'${word}'`);

const command = ({ env, flags }: Cell, output: string): string =>
  [...env, 'go', 'build', ...flags.map(quoted), '-o', output, '.'].join(' ');

const nameOf = (cell: Cell): string => `${cell.base}: import ${cell.imports}, ${command(cell, 'app')}`;

const source = ({ imports }: Cell): string =>
  `package main\n\nimport ${imports === 'C' ? '' : '_ '}"${imports}"\n\nfunc main() {}\n`;

const folderOf = (base: Cell['base']): string => resolve(workshop, 'linkage', base.replaceAll(/\W+/g, '-'));

/** The folder of one cell, as a project of its own. */
const writeCell = async (cell: Cell, folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true });
  await writeFile(resolve(folder, 'go.mod'), 'module example.com/app\n\ngo 1.19\n');
  await writeFile(resolve(folder, 'main.go'), source(cell));
  await writeFile(resolve(folder, 'Dockerfile'), dockerfile(cell));
};

/** A Dockerfile that builds all cells of a base in one step; a build that fails leaves no file in /built. */
const dockerfileOfAll = (base: Cell['base'], cells: readonly Cell[]): string => {
  const { image, packages } = bases[base];
  const install = packages.length > 0 ? [`RUN apk add --no-cache ${packages.join(' ')}`] : [];
  const script = cells.map((cell, index) => `cd /cells/${index} && ${command(cell, `/built/${index}`)}`);
  return [`FROM ${image}`, ...install, 'COPY . /cells', `RUN ${[...script, 'true'].join('; \\\n  ')}`, ''].join('\n');
};

/** Builds all programs of one base as one image, so that the engine keeps them, and takes them out of it. */
const buildAll = async (engine: Engine, made: Made, base: Cell['base'], cells: readonly Cell[]): Promise<void> => {
  const folder = folderOf(base);
  const tag = `go-dockerfile-lab/linkage-${base.toLowerCase().replaceAll(/\W+/g, '-')}`;
  await rm(folder, { recursive: true, force: true });
  for (const [index, cell] of cells.entries()) await writeCell(cell, resolve(folder, `cells/${index}`));
  await writeFile(resolve(folder, 'cells/Dockerfile'), dockerfileOfAll(base, cells));
  await mkdir(resolve(folder, 'built'));
  await provide(engine, made, bases[base].image);
  const building = await build(engine, resolve(folder, 'cells'), tag);
  if (building.code !== 0) throw new Error(building.stderr.split('\n').slice(-15).join('\n'));
  const mount = `type=bind,source=${resolve(folder, 'built')},target=/taken`;
  const take = ['run', '--rm', '--network=none', '--mount', mount, tag, 'sh', '-c', 'cp -r /built/. /taken'];
  await mustRun(engine.program, take);
};

const dockerfile = (cell: Cell): string => {
  const { image, packages } = bases[cell.base];
  const install = packages.length > 0 ? [`RUN apk add --no-cache ${packages.join(' ')}`] : [];
  return [`FROM ${image}`, ...install, 'WORKDIR /src', 'COPY . .', `RUN ${command(cell, '/app')}`, ''].join('\n');
};

/** Compares the file that was built, the table, and the verdict of the trace. */
const compare = async (cell: Cell, index: number): Promise<Row> => {
  const start = performance.now();
  const folder = folderOf(cell.base);
  const built = await linkageOfFile(resolve(folder, `built/${index}`));
  const { trace } = analyze(dockerfile(cell), await factsOf(resolve(folder, `cells/${index}`)));
  const verdict = trace.stages[0]?.binaries[0]?.linkage.verdict ?? 'no binary';
  const expected = cell.verdict ?? cell.linkage;
  const reasons = [
    ...(built === cell.linkage ? [] : [`go built ${built}, the table says ${cell.linkage}`]),
    ...(verdict === expected ? [] : [`the trace says ${verdict}, the table says ${expected}`]),
  ];
  const seconds = (performance.now() - start) / 1000;
  const passed = reasons.length === 0 ? 'passed' : 'failed';
  return { rule: 'linkage', name: nameOf(cell), verdict: passed, seconds, reason: reasons.join('\n') };
};

/** The names of all cells, for the list of what was skipped. */
export const linkNames: readonly string[] = linkCells.map(nameOf);

/** Builds every cell for real and asks the trace about each. */
export const runLinkCells = async (engine: Engine, made: Made): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const base of Object.keys(bases) as Cell['base'][]) {
    const cells = linkCells.filter((cell) => cell.base === base);
    await buildAll(engine, made, base, cells);
    for (const [index, cell] of cells.entries()) rows.push(await compare(cell, index));
  }
  return rows;
};
