import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { improve } from '../../../server/generate/improve/improve.ts';
import { readForGenerator } from '../../../server/project/read-for-generator.ts';
import type { LabCase, Outcome } from '../case.ts';
import { preferMultiStage } from '../cases/prefer-multi-stage.ts';
import { seeds } from '../cases/seeds.ts';
import type { Engine } from '../engine.ts';
import type { Made } from '../images/references.ts';
import { workshop } from '../images/store.ts';
import { factsOf, findingLines, judge } from '../judgement.ts';
import { prepare, type Row } from '../runner.ts';
import { surprise } from '../world.ts';

/** The day of the rules' tables. */
const today = '2026-11-21';

/** Files of tutorials and poor ones, each with what its program says once it runs. */
export const improveCases: readonly LabCase[] = [...seeds.cases, ...preferMultiStage.cases].filter(
  (labCase) => outputOf(labCase) !== undefined && /\bgo(?:lang)?\b/.test(labCase.dockerfile),
);

function outputOf({ really, fixed }: LabCase): RegExp | undefined {
  const outcomes: readonly Outcome[] = [really, ...[fixed ?? []].flat().map((each) => each.really)];
  return outcomes.flatMap((outcome) => (outcome.kind === 'works' ? outcome.output : [])).at(-1);
}

/** Rules that the author's own lines may still break: what the rewrite keeps, it does not judge. */
const authors = new Set(['prefer-numeric-user', 'no-unused-ignore']);

const differences = async (engine: Engine, made: Made, labCase: LabCase, key: string): Promise<string> => {
  const folder = resolve(workshop, 'cases', key);
  await prepare(labCase, folder);
  const path = resolve(folder, 'Dockerfile');
  const reading = await readForGenerator(await factsOf(folder), folder, {});
  const improved = improve(await readFile(path, 'utf8'), reading, folder, today);
  if ('reason' in improved) return `it was not rewritten: ${improved.reason}`;
  await writeFile(path, improved.dockerfile);
  const analysis = await judge(folder);
  const found = analysis.findings.filter(({ rule, severity }) => severity !== 'hint' && !authors.has(rule));
  const lines = findingLines({ ...analysis, findings: found });
  const output = outputOf(labCase) ?? /$^/;
  const expected: Outcome = { kind: 'works', output, megabytes: { below: 130 } };
  const tag = `go-dockerfile-lab-case/${key}`;
  const seen = await surprise({ engine, made, folder, dockerfile: improved.dockerfile, tag }, expected);
  const wrong = seen ? [...lines, seen] : lines;
  return wrong.length > 0 ? [...wrong, improved.dockerfile].join('\n') : '';
};

/** Rewrites the Dockerfile of a case: nothing to report is left, it builds, it runs, and the toolchain is not in it. */
export const runImprove = async (engine: Engine, made: Made, labCase: LabCase): Promise<Row> => {
  const start = performance.now();
  const key = `improve-${labCase.name}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '');
  const reason = await differences(engine, made, labCase, key).catch((error: unknown) => String(error));
  const seconds = (performance.now() - start) / 1000;
  return { rule: 'improve', name: labCase.name, verdict: reason === '' ? 'passed' : 'failed', seconds, reason };
};
