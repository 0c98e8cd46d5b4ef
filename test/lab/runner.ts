import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { LabCase } from './case.ts';
import type { Engine } from './engine.ts';
import type { Made } from './images/references.ts';
import { workshop } from './images/store.ts';
import { findingLines, judge, repair } from './judgement.ts';
import { copyFolder, surprise } from './world.ts';

/** One line of the table. */
export interface Row {
  readonly rule: string;
  readonly name: string;
  readonly verdict: 'passed' | 'failed' | 'skipped';
  readonly seconds: number;
  /** Why it failed or was skipped. */
  readonly reason: string;
}

const projects = resolve(import.meta.dirname, 'projects');

const prepare = async (labCase: LabCase, folder: string): Promise<void> => {
  await copyFolder(resolve(projects, labCase.project), folder);
  for (const [path, text] of Object.entries({ ...labCase.files, Dockerfile: labCase.dockerfile })) {
    await mkdir(dirname(resolve(folder, path)), { recursive: true });
    await writeFile(resolve(folder, path), text);
  }
};

/** The two sides of a case: what the rule says, and what happens. Returns what was not as the table has it. */
const differences = async (
  engine: Engine,
  made: Made,
  rule: string,
  labCase: LabCase,
  key: string,
): Promise<string[]> => {
  const folder = resolve(workshop, 'cases', key);
  const tag = `go-dockerfile-lab-case/${key}`;
  await prepare(labCase, folder);
  const analysis = await judge(folder);
  const reported = analysis.findings.some((finding) => finding.rule === rule);
  const found: string[] = [];
  if (reported !== labCase.reported) {
    found.push(
      `the rule ${reported ? 'reports' : 'is silent'}; all findings: ${findingLines(analysis).join(' | ') || 'none'}`,
    );
  }
  const experiment = { engine, made, folder, tag };
  const asWritten = await surprise({ ...experiment, dockerfile: labCase.dockerfile }, labCase.really);
  if (asWritten) found.push(`as written: ${asWritten}`);
  if (!labCase.fixed || !reported) return found;
  await prepare(labCase, folder);
  const dockerfile = await repair(folder, rule, labCase.fixed.title);
  const left = (await judge(folder)).findings.filter((finding) => finding.rule === rule);
  if (left.length > 0) found.push(`the rule still reports the fixed text:\n${dockerfile}`);
  const repaired = await surprise({ ...experiment, dockerfile }, labCase.fixed.really);
  if (repaired) found.push(`fixed: ${repaired}\n${dockerfile}`);
  return found;
};

/** Does one case. An exception (an image that cannot be made, a fix that is not there) is a failure. */
export const runCase = async (engine: Engine, made: Made, rule: string, labCase: LabCase): Promise<Row> => {
  const start = performance.now();
  const key = `${rule}-${labCase.name}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '');
  const found = await differences(engine, made, rule, labCase, key).catch((error: unknown) => [String(error)]);
  const seconds = (performance.now() - start) / 1000;
  const verdict = found.length === 0 ? 'passed' : 'failed';
  return { rule, name: labCase.name, verdict, seconds, reason: found.join('\n') };
};
