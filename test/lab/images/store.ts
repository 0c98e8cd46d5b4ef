import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Engine, imageLabel } from '../engine.ts';
import { mustRun, run } from '../process.ts';

/** Where root file systems, modules and contexts are made: outside git, kept between runs. */
export const workshop = resolve(import.meta.dirname, '../../../out/lab');

const label = 'go-dockerfile.recipe';
const scripts = import.meta.dirname;

/** One name for all that goes into an image: the scripts of this folder and the words given. */
const recipeHash = async (words: readonly string[]): Promise<string> => {
  const hash = createHash('sha256').update(JSON.stringify(words));
  for (const file of (await readdir(scripts)).sort()) {
    if (file.endsWith('.sh')) hash.update(file).update(await readFile(resolve(scripts, file)));
  }
  return hash.digest('hex').slice(0, 16);
};

/** How an image is made: from a tar file, with the changes of `docker import`. */
export interface Recipe {
  /** Name under which the lab keeps the image. */
  readonly name: string;
  /** Makes the tar file and returns its path. */
  readonly tar: () => Promise<string>;
  /** Instructions such as `USER 65532`. */
  readonly changes: readonly string[];
}

const underWay = new Map<string, Promise<string>>();

/**
 * Makes an image unless it is there from an earlier run with the same words. Two experiments that need it at the same time
 * make it once. Returns its name in the engine.
 */
const makeOnce = (
  engine: Engine,
  name: string,
  words: readonly string[],
  make: (tag: string, hash: string) => Promise<unknown>,
): Promise<string> => {
  const tag = `go-dockerfile-lab/${name}`;
  const unlessThere = async (): Promise<string> => {
    const hash = await recipeHash([name, ...words]);
    if ((await imageLabel(engine, tag, label)) !== hash) await make(tag, hash);
    return tag;
  };
  const making = underWay.get(tag) ?? unlessThere().finally(() => underWay.delete(tag));
  underWay.set(tag, making);
  return making;
};

/** Makes an image out of a tar file. */
export const makeImage = (engine: Engine, recipe: Recipe): Promise<string> =>
  makeOnce(engine, recipe.name, recipe.changes, async (tag, hash) => {
    const changes = [...recipe.changes, `LABEL ${label}=${hash}`].flatMap((change) => ['--change', change]);
    await mustRun(engine.program, ['import', ...changes, await recipe.tar(), tag]);
  });

/** Makes an image with a Dockerfile out of others of the lab. */
export const layerImage = (
  engine: Engine,
  name: string,
  folder: string,
  dockerfile: () => Promise<string>,
  words: readonly string[],
): Promise<string> =>
  makeOnce(engine, name, words, async (tag, hash) => {
    const file = await dockerfile();
    const args = ['build', '--network=none', '--label', `${label}=${hash}`, '--tag', tag, '--file', file, folder];
    await mustRun(engine.program, args, { env: engine.env, timeout: 900_000 });
  });

/** Gives an image of the lab the name that Dockerfiles use, unless a real image has that name already. */
export const nameImage = async (engine: Engine, tag: string, reference: string): Promise<'named' | 'real'> => {
  const there = await imageLabel(engine, reference, label);
  if (there === '') return 'real';
  await mustRun(engine.program, ['tag', tag, reference]);
  return 'named';
};

let lastScript: Promise<unknown> = Promise.resolve();

/** Runs one of the scripts of this folder, which write into the workshop, after those that were asked for before. */
export const runScript = async (script: string, ...args: readonly string[]): Promise<void> => {
  await mkdir(workshop, { recursive: true });
  const run = (): Promise<string> =>
    mustRun('bash', [resolve(scripts, script), ...args, workshop], { timeout: 600_000 });
  const running = lastScript.then(run, run);
  lastScript = running;
  await running;
};

/** True for root: debootstrap and chroot ask for it. */
export const canMakeImages = async (): Promise<boolean> =>
  process.getuid?.() === 0 && (await run('debootstrap', ['--version'])).code === 0;
