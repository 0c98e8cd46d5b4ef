import { resolve } from 'node:path';
import type { Analysis } from '../../server/analysis/analyze.ts';
import type { Fixed, LabCase } from './case.ts';
import type { Engine } from './engine.ts';
import { writeFiles } from './folder.ts';
import type { Made } from './images/references.ts';
import { workshop } from './images/store.ts';
import { findingLines, judge, repair } from './judgement.ts';
import { mustRun } from './process.ts';
import { copyFolder, type Experiment, surprise } from './world.ts';

/** One line of the table. */
export interface Row {
  readonly rule: string;
  readonly name: string;
  readonly verdict: 'passed' | 'failed' | 'skipped';
  readonly seconds: number;
  /** Why it failed or was skipped. */
  readonly reason: string;
}

type Bench = Omit<Experiment, 'dockerfile'>;

const projects = resolve(import.meta.dirname, 'projects');

/** Makes a folder a repository with one commit. */
const commit = async (folder: string, tag: string): Promise<void> => {
  const author = ['-c', 'user.name=lab', '-c', 'user.email=lab@example.com'];
  for (const words of [
    ['init', '-q'],
    ['add', '-A'],
    [...author, 'commit', '-qm', 'lab'],
    ['tag', tag],
  ])
    await mustRun('git', words, { cwd: folder });
};

/** Lays the project of a case with its files and its Dockerfile into a folder, made anew. */
export const prepare = async (labCase: LabCase, folder: string): Promise<void> => {
  await copyFolder(resolve(projects, labCase.project), folder);
  await writeFiles(folder, { ...labCase.files, Dockerfile: labCase.dockerfile });
  if (labCase.tagged !== undefined) await commit(folder, labCase.tagged);
};

/** What the rules say, against what the table says they say. Empty when it is the same. */
const misjudgement = (analysis: Analysis, rule: string, { reported, among }: LabCase): string => {
  const ids = [...new Set(analysis.findings.map((finding) => finding.rule))].sort();
  const counted = ids.filter((id) => among?.includes(id) ?? true);
  const found = typeof reported === 'boolean' ? [`${ids.includes(rule)}`] : counted;
  const expected = typeof reported === 'boolean' ? [`${reported}`] : reported;
  if (found.join() === expected.join()) return '';
  return `${rule} expected: ${expected.join(', ')}; all findings: ${findingLines(analysis).join(' | ') || 'none'}`;
};

/** Fixes the Dockerfile and looks again, at the text and at the world. */
const afterFix = async (bench: Bench, rule: string, labCase: LabCase, fixed: Fixed): Promise<string[]> => {
  await prepare(labCase, bench.folder);
  const dockerfile = await repair(bench.folder, rule, fixed.title);
  const analysis = await judge(bench.folder);
  const left = analysis.findings.filter((finding) =>
    fixed.clean ? (labCase.among?.includes(finding.rule) ?? true) : finding.rule === rule,
  );
  const found = left.length > 0 ? [`still reported: ${findingLines(analysis).join(' | ')}\n${dockerfile}`] : [];
  const repaired = await surprise({ ...bench, dockerfile }, fixed.really);
  return repaired ? [...found, `fixed: ${repaired}\n${dockerfile}`] : found;
};

/** Both sides of a case: what the rules say, and what happens. Returns what was not as the table has it. */
const differences = async (bench: Bench, rule: string, labCase: LabCase): Promise<string[]> => {
  await prepare(labCase, bench.folder);
  const wrong = misjudgement(await judge(bench.folder), rule, labCase);
  const found = wrong ? [wrong] : [];
  const asWritten = await surprise({ ...bench, dockerfile: labCase.dockerfile }, labCase.really);
  if (asWritten) found.push(`as written: ${asWritten}`);
  for (const fixed of [labCase.fixed ?? []].flat()) found.push(...(await afterFix(bench, rule, labCase, fixed)));
  return found;
};

/** Does one case. An exception (an image that cannot be made, a fix that is not there) is a failure. */
export const runCase = async (engine: Engine, made: Made, rule: string, labCase: LabCase): Promise<Row> => {
  const start = performance.now();
  const key = `${rule}-${labCase.name}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '');
  // In a folder with a word such as `test` in its name the image would be one for tests.
  const folder = resolve(workshop, 'cases', key.replaceAll('-', ''));
  const bench = { engine, made, folder, tag: `go-dockerfile-lab-case/${key}` };
  const found = await differences(bench, rule, labCase).catch((error: unknown) => [String(error)]);
  const seconds = (performance.now() - start) / 1000;
  const verdict = found.length === 0 ? 'passed' : 'failed';
  return { rule, name: labCase.name, verdict, seconds, reason: found.join('\n') };
};
