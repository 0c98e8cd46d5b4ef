import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build, type Engine, imageSize, removeImage } from '../engine.ts';
import { generateInto } from '../generate/run.ts';
import { type Addition, withAddition } from '../images/derived.ts';
import { type Made, provide, referencesOf } from '../images/references.ts';
import { workshop } from '../images/store.ts';
import { copyFolder } from '../world.ts';

/** Where the images of one comparison are built. */
export interface Bench {
  readonly engine: Engine;
  readonly made: Made;
  /** Folder of the program. */
  readonly project: string;
  readonly addition: Addition | undefined;
}

/** A copy of the program with one of the Dockerfiles; undefined is ours. */
export const lay = async (
  { engine, made, project, addition }: Bench,
  name: string,
  dockerfile?: string,
): Promise<string> => {
  const folder = resolve(workshop, 'cases', `proof-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`);
  await copyFolder(project, folder);
  if (dockerfile === undefined) await generateInto(folder, { base: 'recommended' });
  else await writeFile(resolve(folder, 'Dockerfile'), dockerfile);
  const path = resolve(folder, 'Dockerfile');
  const text = await readFile(path, 'utf8');
  if (addition) await writeFile(path, await withAddition(engine, made, text, addition));
  else for (const reference of referencesOf(text)) await provide(engine, made, reference);
  return folder;
};

/** A build: its bytes and seconds, or the line that says why there is none. */
export type Built = { readonly bytes: number; readonly seconds: number } | { readonly error: string };

/** Builds the folder and removes the image. */
export const builtIn = async ({ engine }: Bench, folder: string, options: readonly string[] = []): Promise<Built> => {
  const tag = `go-dockerfile-lab-case/${folder.split('/').at(-1) ?? ''}`;
  const start = performance.now();
  const ended = await build(engine, folder, tag, options, 1_200_000);
  const seconds = (performance.now() - start) / 1000;
  if (ended.code !== 0) {
    const lines = ended.stderr.split('\n').map((line) => line.replace(/^#\d+ [\d.]* ?/, ''));
    const telling = lines.filter(
      (line) => /^go: |cannot|error|no Go files/i.test(line) && !/downloading|no module dep/.test(line),
    );
    return { error: telling[0]?.slice(0, 100) ?? lines.at(-2) ?? '' };
  }
  const bytes = await imageSize(engine, tag);
  await removeImage(engine, tag);
  return { bytes, seconds };
};
