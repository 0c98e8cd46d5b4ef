import { mkdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Engine } from '../engine.ts';
import { mustRun } from '../process.ts';
import { type Made, provide, referencesOf } from './references.ts';
import { layerImage, workshop } from './store.ts';

/** What is added to golang images for some cases. */
export interface Addition {
  /** Part of the image's name. */
  readonly name: string;
  /** Images that get it; golang's by default. */
  readonly to?: RegExp;
  /** Instructions after FROM. */
  readonly lines: readonly string[];
  /** Anything else that the image depends on. */
  readonly words?: readonly string[];
  /** Puts what the instructions copy into the folder. */
  readonly fill: (folder: string) => Promise<void>;
}

const derive = async (
  engine: Engine,
  reference: string,
  { name, lines, words = [], fill }: Addition,
): Promise<string> => {
  const own = `${name}-${reference.replaceAll(/[^a-z0-9.]+/g, '-')}`;
  const folder = resolve(workshop, own);
  const text = [`FROM ${reference}`, ...lines].join('\n');
  const dockerfile = async (): Promise<string> => {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await fill(folder);
    await writeFile(resolve(folder, 'Dockerfile'), `${text}\n`);
    return resolve(folder, 'Dockerfile');
  };
  const below = await mustRun(engine.program, ['image', 'inspect', '--format', '{{.Id}}', reference]);
  const image = await layerImage(engine, own, folder, dockerfile, [text, below, ...words]);
  await rm(folder, { recursive: true, force: true });
  return image;
};

/** The Dockerfile with images of its own in the place of golang's, or of those that an addition is for; throws for an image that the lab cannot make. */
export const withAddition = async (
  engine: Engine,
  made: Made,
  dockerfile: string,
  ...additions: readonly Addition[]
): Promise<string> => {
  let text = dockerfile;
  for (const reference of referencesOf(dockerfile)) {
    if ((await provide(engine, made, reference)) === 'unknown')
      throw new Error(`the lab has no image for ${reference}`);
    const addition = additions.find(({ to = /^golang:/ }) => to.test(reference));
    if (!addition) continue;
    const own = await derive(engine, reference, addition);
    // A FROM without a name ends with it.
    for (const behind of [' ', '\n']) text = text.replaceAll(` ${reference}${behind}`, ` ${own}${behind}`);
  }
  return text;
};
