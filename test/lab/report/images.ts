import { open, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readArchive } from '../../../server/image/archive/read-archive.ts';
import { fileSource } from '../../../server/image/archive/sources.ts';
import { builtFrom } from '../../../server/image/report/built-from.ts';
import { reportImage } from '../../../server/image/report/report.ts';
import type { LabCase } from '../case.ts';
import { table } from '../cases/index.ts';
import { build, type Engine, removeImage } from '../engine.ts';
import { type Made, provide, referencesOf } from '../images/references.ts';
import { workshop } from '../images/store.ts';
import { judge } from '../judgement.ts';
import { mustRun } from '../process.ts';
import { prepare, type Row } from '../runner.ts';
import {
  engineMistakes,
  exportImage,
  factMistakes,
  fileMistakes,
  programMistakes,
  startMistakes,
} from './image-truth.ts';

interface Subject {
  readonly name: string;
  readonly labCase: LabCase;
}

const images = 36;

/** Cases whose image is built and started, some of every rule. */
const subjects: readonly Subject[] = [0, 1, 2, 3]
  .flatMap((round) =>
    table.flatMap(({ rule, cases }) => {
      const fitting = cases.filter(({ really }) => really.kind === 'works' || really.kind === 'run fails');
      const labCase = fitting[round];
      return labCase ? [{ name: `image: ${rule}, ${labCase.name}`, labCase }] : [];
    }),
  )
  .slice(0, images);

const mistakesOf = async (
  engine: Engine,
  made: Made,
  { labCase }: Subject,
  folder: string,
): Promise<readonly string[]> => {
  const tag = 'go-dockerfile-lab-case/report';
  await prepare(labCase, folder);
  for (const reference of referencesOf(labCase.dockerfile)) await provide(engine, made, reference);
  const building = await build(engine, folder, tag);
  if (building.code !== 0) return [`the build failed: ${(building.stdout + building.stderr).slice(-500)}`];
  const archive = `${folder}.tar`;
  const root = `${folder}-root`;
  try {
    await mustRun(engine.program, ['save', '--output', archive, tag]);
    await exportImage(engine, tag, root);
    const file = await open(archive);
    const image = await readArchive(await fileSource(file), 'linux/amd64');
    await file.close();
    const report = reportImage(tag, image, builtFrom(await judge(folder)));
    return [
      ...(await engineMistakes(engine, tag, image, report)),
      ...(await fileMistakes(image, root)),
      ...(await factMistakes(report, root)),
      ...(await programMistakes(report, root)),
      ...(await startMistakes(engine, tag, report)),
      ...report.differences.map(({ about, trace, image: real }) => `trace: ${about}: ${trace}, in the image ${real}`),
    ];
  } finally {
    await removeImage(engine, tag);
    for (const path of [archive, root]) await rm(path, { recursive: true, force: true });
  }
};

const rowOf = async (engine: Engine, made: Made, subject: Subject): Promise<Row> => {
  const start = performance.now();
  const folder = resolve(workshop, 'report', subject.name.replaceAll(/\W+/g, '-'));
  const found = await mistakesOf(engine, made, subject, folder).catch((error: unknown) => [String(error)]);
  const seconds = (performance.now() - start) / 1000;
  const verdict = found.length === 0 ? 'passed' : 'failed';
  return { rule: 'report', name: subject.name, verdict, seconds, reason: found.join('\n') };
};

/** Builds each image and asks find, file, readelf, go version -m, the loader and a run about every statement of the report. */
export const imageJobs = subjects.map((subject) => ({
  name: subject.name,
  run: (engine: Engine, made: Made): Promise<Row> => rowOf(engine, made, subject),
}));
