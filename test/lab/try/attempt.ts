import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { analyze } from '../../../server/analysis/analyze.ts';
import { generate } from '../../../server/generate/generate.ts';
import { plan } from '../../../server/generate/plan.ts';
import { readForGenerator } from '../../../server/project/read-for-generator.ts';
import { readProject } from '../../../server/project/read-project.ts';
import { onDataDay } from '../../support/day.ts';
import { build, type Engine, imageSize, removeImage } from '../engine.ts';
import { withAddition } from '../images/derived.ts';
import type { Made } from '../images/references.ts';
import { workshop } from '../images/store.ts';
import { factsOf, findingLines } from '../judgement.ts';
import { type Ended, run } from '../process.ts';
import { corepackOfMachine, proxyOfMachine } from './images.ts';

/** How far one project came. */
export interface Attempt {
  readonly name: string;
  readonly main: string;
  readonly base: string;
  readonly reached: 'nothing' | 'generated' | 'built' | 'started';
  /** What our own rules say of the files. */
  readonly findings: readonly string[];
  readonly megabytes: number | undefined;
  readonly seconds: number;
  /** Why it came no further, or what it said when it started. */
  readonly said: string;
}

/** Words of the engine or the kernel: the program never ran. */
const neverRan =
  /^exec .*: (?:no such file or directory|exec format error|permission denied)|OCI runtime create failed|error while loading shared libraries/m;

const lastError = ({ stdout, stderr }: Ended): string => {
  const lines = (stderr + stdout).split('\n').map((line) => line.replace(/^#\d+ (?:\d+\.\d+ )?/, '').trim());
  const telling = lines.filter((line) =>
    /^go: (?!downloading)|error|fail|cannot|could not|undefined|no required|requires|not found|: go/i.test(line),
  );
  return (
    telling.find((line) => !/executor failed|ERROR: executor/.test(line)) ??
    telling.at(-1) ??
    lines.filter(Boolean).at(-1) ??
    ''
  ).slice(0, 160);
};

/** Asks the program for help, locked in: no network, no rights, nothing to write to. */
const start = async (engine: Engine, tag: string): Promise<{ started: boolean; said: string }> => {
  const locked = ['--network=none', '--read-only', '--cap-drop=ALL', '--security-opt=no-new-privileges', '--memory=1g'];
  const name = `${tag.replaceAll(/\W/g, '-')}-run`;
  const ended = await run(engine.program, ['run', '--rm', '--name', name, ...locked, tag, '--help'], {
    timeout: 20_000,
  });
  await run(engine.program, ['rm', '--force', name]);
  const text = `${ended.stdout}${ended.stderr}`;
  const ran = ![125, 126, 127].includes(ended.code) && !neverRan.test(text) && text.trim() !== '';
  return { started: ran, said: text.trim().split('\n')[0]?.slice(0, 120) ?? '' };
};

/** What may be asked of an attempt. */
export interface Asked {
  /** The folder of the main package; the likeliest one by default. */
  readonly main: string | undefined;
  /** Milliseconds until a build is given up. */
  readonly limit: number;
}

/** Generates for a work tree, lints, builds, and starts; nothing is written into the tree. */
export const attempt = async (engine: Engine, made: Made, folder: string, { main, limit }: Asked): Promise<Attempt> => {
  const began = performance.now();
  const name = basename(folder);
  const key = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const reading = await readForGenerator(await factsOf(folder), folder);
  const planned = plan(reading, folder, main);
  let findings: readonly string[] = [];
  const done = (reached: Attempt['reached'], said: string, megabytes?: number): Attempt => ({
    name,
    main: planned.recommended.main,
    base: planned.recommended.base,
    reached,
    findings,
    megabytes,
    seconds: (performance.now() - began) / 1000,
    said,
  });
  if (planned.mains.length === 0) return done('nothing', 'no main package');
  const files = generate(reading, planned.recommended);
  const desk = resolve(workshop, 'try', key);
  await rm(desk, { recursive: true, force: true });
  await mkdir(desk, { recursive: true });
  const dockerfile = resolve(desk, 'Dockerfile');
  await writeFile(`${dockerfile}.dockerignore`, files.dockerignore);
  await writeFile(resolve(desk, 'plan.json'), JSON.stringify(planned, null, 2));
  await writeFile(resolve(desk, 'generated'), files.dockerfile);
  findings = findingLines(analyze(files.dockerfile, await readProject(folder, { dockerfile }), onDataDay));
  const additions = [await proxyOfMachine(), await corepackOfMachine()].filter((each) => each !== undefined);
  await writeFile(dockerfile, await withAddition(engine, made, files.dockerfile, ...additions));
  const tag = `go-dockerfile-try/${key}`;
  const built = await build(engine, folder, tag, ['--network=host', '--file', dockerfile], limit);
  await writeFile(resolve(desk, 'build.log'), built.stdout + built.stderr);
  if (built.timedOut) return done('generated', `given up after ${limit / 1000} s`);
  if (built.code !== 0) return done('generated', lastError(built));
  const megabytes = (await imageSize(engine, tag)) / 1e6;
  const { started, said } = await start(engine, tag);
  await removeImage(engine, tag);
  return done(started ? 'started' : 'built', said, megabytes);
};
