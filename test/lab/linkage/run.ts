import { mkdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { analyze } from '../../../server/analysis/analyze.ts';
import type { Engine } from '../engine.ts';
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

/** Builds all programs of one base in one container; a build that fails leaves no file. */
const buildAll = async (engine: Engine, made: Made, base: Cell['base'], cells: readonly Cell[]): Promise<void> => {
  const folder = folderOf(base);
  await rm(folder, { recursive: true, force: true });
  const { image, packages } = bases[base];
  const lines = packages.length > 0 ? [`apk add --no-cache ${packages.join(' ')}`] : [];
  for (const [index, cell] of cells.entries()) {
    await mkdir(resolve(folder, `${index}`), { recursive: true });
    await writeFile(resolve(folder, `${index}/go.mod`), 'module example.com/app\n\ngo 1.19\n');
    await writeFile(resolve(folder, `${index}/main.go`), source(cell));
    await writeFile(resolve(folder, `${index}/Dockerfile`), dockerfile(cell));
    lines.push(`cd /cells/${index} && ${command(cell, 'app')}`);
  }
  await writeFile(resolve(folder, 'build.sh'), `${lines.join('\n')}\ntrue\n`);
  await provide(engine, made, image);
  const mount = `type=bind,source=${folder},target=/cells`;
  const args = ['run', '--rm', '--network=none', '--mount', mount, image, 'sh', '/cells/build.sh'];
  await mustRun(engine.program, args, { timeout: 600_000 });
};

const dockerfile = (cell: Cell): string => {
  const { image, packages } = bases[cell.base];
  const install = packages.length > 0 ? [`RUN apk add --no-cache ${packages.join(' ')}`] : [];
  return [`FROM ${image}`, ...install, 'WORKDIR /src', 'COPY . .', `RUN ${command(cell, '/app')}`, ''].join('\n');
};

/** Compares the file that was built, the table, and the verdict of the trace. */
const compare = async (cell: Cell, folder: string): Promise<Row> => {
  const start = performance.now();
  const built = await linkageOfFile(resolve(folder, 'app'));
  const { trace } = analyze(dockerfile(cell), await factsOf(folder));
  const verdict = trace.stages[0]?.binaries[0]?.linkage.verdict ?? 'no binary';
  const reasons = [
    ...(built === cell.linkage ? [] : [`go built ${built}, the table says ${cell.linkage}`]),
    ...(verdict === cell.linkage ? [] : [`the trace says ${verdict}, the table says ${cell.linkage}`]),
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
    for (const [index, cell] of cells.entries()) rows.push(await compare(cell, resolve(folderOf(base), `${index}`)));
  }
  return rows;
};
