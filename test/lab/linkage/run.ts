import { resolve } from 'node:path';
import { analyze } from '../../../server/analysis/analyze.ts';
import type { Engine } from '../engine.ts';
import type { Made } from '../images/references.ts';
import { factsOf } from '../judgement.ts';
import type { Row } from '../runner.ts';
import { buildAll, builder, command, folderOf } from './build.ts';
import { bases, type Cell, linkCells } from './cells.ts';
import { linkageOfFile } from './elf.ts';

const nameOf = (cell: Cell): string => `${cell.base}: import ${cell.imports}, ${command(cell, 'app')}`;

/** Compares the file that was built, the table, and the verdict of the trace. */
const compare = async (cell: Cell, index: number): Promise<Row> => {
  const start = performance.now();
  const folder = folderOf('linkage', cell.base);
  const built = await linkageOfFile(resolve(folder, `built/${index}`));
  const { trace } = analyze(builder(cell).join('\n'), await factsOf(resolve(folder, `cells/${index}`)));
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
    await buildAll(engine, made, 'linkage', base, cells);
    for (const [index, cell] of cells.entries()) rows.push(await compare(cell, index));
  }
  return rows;
};
