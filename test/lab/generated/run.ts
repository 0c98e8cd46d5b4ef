import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { generate } from '../../../server/generate/generate.ts';
import { plan } from '../../../server/generate/plan.ts';
import { readForGenerator } from '../../../server/project/read-for-generator.ts';
import type { GeneratedFiles } from '../../../server/protocol.ts';
import type { Outcome } from '../case.ts';
import type { Engine } from '../engine.ts';
import type { Made } from '../images/references.ts';
import { workshop } from '../images/store.ts';
import { factsOf, findingLines, judge } from '../judgement.ts';
import type { Row } from '../runner.ts';
import { copyFolder, surprise } from '../world.ts';
import type { GeneratedCase } from './cases.ts';

const projects = resolve(import.meta.dirname, '../projects');

/** `project, base, changed choices`: one name for each case. */
export const generatedName = ({ project, base, change }: GeneratedCase): string =>
  [
    project.replace(/^(?:\.\.\/)+/, ''),
    base,
    ...Object.entries(change ?? {}).map(([key, value]) => `${key} ${value}`),
  ].join(', ');

/** Reads the project of a folder as the server does and writes both files beside it. */
export const generateInto = async (folder: string, asked: GeneratedCase): Promise<GeneratedFiles> => {
  const reading = await readForGenerator(await factsOf(folder), folder, {});
  const { recommended } = plan(reading, folder, asked.change?.main);
  const base = asked.base === 'recommended' ? recommended.base : asked.base;
  const files = generate(reading, { ...recommended, base, ...asked.change });
  await writeFile(resolve(folder, 'Dockerfile'), files.dockerfile);
  await writeFile(resolve(folder, '.dockerignore'), files.dockerignore);
  return files;
};

const differences = async (
  engine: Engine,
  made: Made,
  asked: GeneratedCase,
  key: string,
): Promise<readonly string[]> => {
  const folder = resolve(workshop, 'cases', key);
  await copyFolder(resolve(projects, asked.project), folder);
  const { dockerfile } = await generateInto(folder, asked);
  const found = findingLines(await judge(folder));
  const expected: Outcome = { kind: 'works', output: asked.says, locked: asked.writes ? 'temporary' : true };
  const seen = await surprise({ engine, made, folder, dockerfile, tag: `go-dockerfile-lab-case/${key}` }, expected);
  const wrong = seen ? [...found, seen] : found;
  return wrong.length > 0 ? [...wrong, dockerfile] : [];
};

/** Generates a Dockerfile for a program: no finding of ours, it builds, and it runs without rights. */
export const runGenerated = async (engine: Engine, made: Made, asked: GeneratedCase): Promise<Row> => {
  const start = performance.now();
  const name = generatedName(asked);
  const key = `generated-${name}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const found = await differences(engine, made, asked, key).catch((error: unknown) => [String(error)]);
  const seconds = (performance.now() - start) / 1000;
  const verdict = found.length === 0 ? 'passed' : 'failed';
  return { rule: 'generated', name, verdict, seconds, reason: found.join('\n') };
};
