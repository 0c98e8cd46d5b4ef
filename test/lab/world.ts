import { appendFile, mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Outcome } from './case.ts';
import { expectCrossing, expectForPlatform, other } from './crossing.ts';
import { build, type Engine, imageSize, imageUser, removeImage, runImage } from './engine.ts';
import { type Made, moveTag, provide, referencesOf } from './images/references.ts';
import { type Ended, mustRun } from './process.ts';
import { expectSecret } from './secrets.ts';

/** What an experiment needs: the engine, the images made so far, a folder with a Dockerfile, and a name for the image. */
export interface Experiment {
  readonly engine: Engine;
  readonly made: Made;
  readonly folder: string;
  readonly dockerfile: string;
  readonly tag: string;
}

/** Empty when the world is as expected, else what it was. */
type Surprise = string;

const said = ({ stdout, stderr }: Ended): string => stdout + stderr;

const lastLines = (text: string): string => text.trim().split('\n').slice(-6).join('\n');

const built = async ({ engine, folder, tag }: Experiment): Promise<Ended> => build(engine, folder, tag);

const started = (
  { engine, tag }: Experiment,
  until: RegExp | undefined,
  options: readonly string[] = [],
): Promise<Ended> => runImage(engine, tag, (output) => until?.test(output) ?? false, options);

const lock = (locked: true | 'temporary' | undefined): readonly string[] => {
  if (!locked) return [];
  const rights = ['--cap-drop=ALL', '--security-opt=no-new-privileges'];
  return locked === 'temporary' ? rights : [...rights, '--read-only'];
};

const within = (memory: string | undefined): readonly string[] =>
  memory === undefined ? [] : [`--memory=${memory}`, `--memory-swap=${memory}`];

const expectUser = async ({ engine, tag }: Experiment): Promise<Surprise> => {
  const user = await imageUser(engine, tag);
  return /^65532(:65532)?$/.test(user) ? '' : `it starts as "${user}"`;
};

const expectWorks = async (experiment: Experiment, expected: Outcome & { kind: 'works' }): Promise<Surprise> => {
  const building = await built(experiment);
  if (building.code !== 0) return `the build failed: ${lastLines(said(building))}`;
  if (expected.log && !expected.log.test(said(building))) return `the build did not say ${expected.log}`;
  if (expected.noLog?.test(said(building))) return `the build said ${expected.noLog}`;
  const running = await started(experiment, expected.output, [...lock(expected.locked), ...within(expected.memory)]);
  if (!expected.output.test(said(running)))
    return `it ended with ${running.code} and said: ${lastLines(said(running))}`;
  const user = expected.locked ? await expectUser(experiment) : '';
  if (user) return user;
  const { above = 0, below = Number.POSITIVE_INFINITY } = expected.megabytes ?? {};
  const megabytes = (await imageSize(experiment.engine, experiment.tag)) / 1e6;
  return megabytes >= above && megabytes <= below ? '' : `the image has ${megabytes.toFixed(1)} MB`;
};

const expectBuildFails = async (experiment: Experiment, says: RegExp): Promise<Surprise> => {
  const building = await built(experiment);
  if (building.code === 0) return 'the build passed';
  return says.test(said(building)) ? '' : `the build failed, but said: ${lastLines(said(building))}`;
};

const expectRunFails = async (
  experiment: Experiment,
  { status, says, memory }: Outcome & { kind: 'run fails' },
): Promise<Surprise> => {
  const building = await built(experiment);
  if (building.code !== 0) return `the build failed: ${lastLines(said(building))}`;
  const running = await started(experiment, undefined, within(memory));
  if (running.code === 0) return `it ran: ${lastLines(said(running))}`;
  if (running.code !== status) return `it ended with ${running.code}: ${lastLines(said(running))}`;
  return says.test(said(running)) ? '' : `it failed, but said: ${lastLines(said(running))}`;
};

/** Whether a build log shows a download: by go build, which says so, or by a `go mod download` that was not cached. */
const asksForModules = (log: string): boolean => {
  if (/go: downloading /.test(log)) return true;
  const step = /^#(\d+) \[.*\] RUN .*go mod download/m.exec(log)?.[1];
  if (step) return !new RegExp(`^#${step} CACHED`, 'm').test(log);
  return /RUN .*go mod download\n(?!--> Using cache)/.test(log);
};

/** Builds, edits a source file, builds again: did the second build do the work again that its log would show? */
const expectAgain = async (
  experiment: Experiment,
  edit: string,
  again: boolean,
  doesWork: (log: string) => boolean,
): Promise<Surprise> => {
  const change = (): Promise<void> => appendFile(resolve(experiment.folder, edit), `\n// ${Date.now()}\n`);
  // Without it the layers of an earlier run would stand in for the first build, and its caches stay empty.
  await change();
  const first = await built(experiment);
  if (first.code !== 0) return `the build failed: ${lastLines(said(first))}`;
  await change();
  const second = await built(experiment);
  if (second.code !== 0) return `the second build failed: ${lastLines(said(second))}`;
  const worked = doesWork(said(second));
  if (worked === again) return '';
  return worked ? 'the second build did it again' : 'the second build did not do it again';
};

/** Builds for this machine, then for another: did that one download the modules, too? */
const expectDownloads = async (experiment: Experiment, edit: string, again: boolean): Promise<Surprise> => {
  const { engine, folder, tag } = experiment;
  await appendFile(resolve(folder, edit), `\n// ${Date.now()}\n`);
  const first = await built(experiment);
  if (first.code !== 0) return `the build failed: ${lastLines(said(first))}`;
  const second = await build(engine, folder, tag, ['--platform', `linux/${other}`]);
  if (second.code !== 0) return `the build for ${other} failed: ${lastLines(said(second))}`;
  if (asksForModules(said(second)) === again) return '';
  return again ? 'the modules were downloaded once' : 'the modules were downloaded for each platform';
};

/** Builds and runs with a tag that means one image, then another. */
const expectDrift = async (
  experiment: Experiment,
  { moves, from, to }: { moves: string; from: string; to: string },
  drifts: boolean,
): Promise<Surprise> => {
  const outputs: string[] = [];
  for (const target of [from, to]) {
    await moveTag(experiment.engine, experiment.made, moves, target);
    const building = await built(experiment);
    if (building.code !== 0) return `the build failed: ${lastLines(said(building))}`;
    outputs.push(said(await started(experiment, undefined)).trim());
  }
  if ((outputs[0] !== outputs[1]) === drifts) return '';
  return `it said "${outputs[0]}", then "${outputs[1]}"`;
};

const compare = (experiment: Experiment, outcome: Outcome): Promise<Surprise> => {
  switch (outcome.kind) {
    case 'works':
      return expectWorks(experiment, outcome);
    case 'build fails':
      return expectBuildFails(experiment, outcome.says);
    case 'run fails':
      return expectRunFails(experiment, outcome);
    case 'downloads again':
    case 'keeps modules':
      return expectAgain(experiment, outcome.edit, outcome.kind === 'downloads again', asksForModules);
    case 'compiles again':
    case 'keeps compiled': {
      const compiles = (log: string): boolean => new RegExp(`^(#.* )?${outcome.package}$`, 'm').test(log);
      return expectAgain(experiment, outcome.edit, outcome.kind === 'compiles again', compiles);
    }
    case 'downloads for each platform':
    case 'downloads for all platforms':
      return expectDownloads(experiment, outcome.edit, outcome.kind === 'downloads for each platform');
    case 'crosses':
      return expectCrossing(experiment, outcome);
    case 'records':
    case 'fails for':
      return expectForPlatform(experiment, outcome);
    case 'secret':
      return expectSecret(experiment, outcome);
    default:
      return expectDrift(experiment, outcome, outcome.kind === 'drifts');
  }
};

/** Provides the images, does the experiment, removes its image; returns what was not as expected, or nothing. */
export const surprise = async (experiment: Experiment, outcome: Outcome): Promise<Surprise> => {
  const { engine, made, dockerfile, tag } = experiment;
  for (const reference of referencesOf(dockerfile)) await provide(engine, made, reference);
  try {
    return await compare(experiment, outcome);
  } finally {
    await removeImage(engine, tag);
  }
};

/** A copy of a folder, made anew. */
export const copyFolder = async (from: string, to: string): Promise<void> => {
  await mustRun('rm', ['-rf', to]);
  await mkdir(dirname(to), { recursive: true });
  await mustRun('cp', ['--recursive', from, to]);
};
