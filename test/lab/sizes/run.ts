import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build, type Engine, imageSize, removeImage } from '../engine.ts';
import { generateInto } from '../generate/run.ts';
import { type Made, provide, referencesOf } from '../images/references.ts';
import { workshop } from '../images/store.ts';
import { judge } from '../judgement.ts';
import type { Row } from '../runner.ts';
import { copyFolder } from '../world.ts';

const project = 'web';
const rule = 'prefer-multi-stage';

const oneStage = (image: string): string => `FROM ${image}
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .
ENTRYPOINT ["/app"]
`;

const twoStages = (last: string): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM ${last}
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;

/** One program, packed in several ways; undefined is what the generator recommends. */
const ways: readonly (readonly [name: string, dockerfile: string | undefined, shipsGo: boolean])[] = [
  ['one stage, golang', oneStage('golang:1.26'), true],
  ['one stage, golang on alpine', oneStage('golang:1.26-alpine'), true],
  ['two stages, alpine', twoStages('alpine:3.24'), false],
  ['two stages, scratch', twoStages('scratch'), false],
  ['generated', undefined, false],
];

/** The names of all rows, for the list of what was skipped. */
export const sizeNames: readonly string[] = ways.map(([name]) => `size: ${name}`);

interface Measured {
  readonly name: string;
  readonly bytes: number;
  readonly shipsGo: boolean;
  readonly reported: boolean;
  readonly seconds: number;
}

const measure = async (engine: Engine, made: Made, [name, dockerfile, shipsGo]: (typeof ways)[number]) => {
  const start = performance.now();
  const key = `size-${name.replaceAll(/\W+/g, '-')}`;
  const folder = resolve(workshop, 'cases', key);
  const tag = `go-dockerfile-lab-case/${key}`;
  await copyFolder(resolve(import.meta.dirname, '../projects', project), folder);
  if (dockerfile) await writeFile(resolve(folder, 'Dockerfile'), dockerfile);
  else await generateInto(folder, { base: 'recommended' });
  const text = await readFile(resolve(folder, 'Dockerfile'), 'utf8');
  for (const reference of referencesOf(text)) await provide(engine, made, reference);
  const building = await build(engine, folder, tag);
  if (building.code !== 0) throw new Error(building.stderr.split('\n').slice(-6).join('\n'));
  const bytes = await imageSize(engine, tag);
  const reported = (await judge(folder)).findings.some((finding) => finding.rule === rule);
  await removeImage(engine, tag);
  return { name, bytes, shipsGo, reported, seconds: (performance.now() - start) / 1000 };
};

/** What is not as it should be: the rule reports exactly the images that are ten times as large as the generated one. */
const wrong = ({ bytes, shipsGo, reported }: Measured, least: number): string => {
  if (reported !== shipsGo) return reported ? `${rule} reports it` : `${rule} does not report it`;
  return bytes > 10 * least === shipsGo ? '' : `the generated image has ${(least / 1e6).toFixed(1)} MB`;
};

/** Builds one program in every way and compares the images. The base images are the lab's own: near the real ones, not equal. */
export const runSizes = async (engine: Engine, made: Made): Promise<readonly Row[]> => {
  const all: Measured[] = [];
  for (const way of ways) all.push(await measure(engine, made, way));
  const least = all.at(-1)?.bytes ?? 0;
  return all.map((each): Row => {
    const reason = wrong(each, least);
    const name = `size: ${each.name.padEnd(28)}${(each.bytes / 1e6).toFixed(1).padStart(7)} MB ${(each.bytes / least).toFixed(1).padStart(6)} x`;
    return { rule, name, verdict: reason ? 'failed' : 'passed', seconds: each.seconds, reason };
  });
};
