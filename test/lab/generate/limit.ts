import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Engine, imageSize } from '../engine.ts';
import { workshop } from '../images/store.ts';
import { mustRun } from '../process.ts';

/** How much larger than its contents an image may be. */
const allowance = 1.02;

/** The Go that the golang:1.26 of the lab has, so that both compile the same bytes. */
const toolchain = 'go1.26.11';

/** The folder in which go finds the module or workspace of a main package. */
const moduleFolder = (folder: string, main: string): string => {
  let at = resolve(folder, main);
  while (at !== folder && !existsSync(resolve(at, 'go.mod'))) at = dirname(at);
  return at;
};

/** Bytes of the program alone: compiled on this machine, static and stripped. */
const programSize = async (folder: string, main: string, key: string): Promise<number> => {
  const file = resolve(workshop, 'reference', key);
  await mkdir(dirname(file), { recursive: true });
  const env = { CGO_ENABLED: '0', GOTOOLCHAIN: toolchain, GOFLAGS: '' };
  const args = ['build', '-trimpath', '-buildvcs=false', '-ldflags=-s -w', '-o', file, resolve(folder, main)];
  await mustRun('go', args, { cwd: moduleFolder(folder, main), env });
  return (await stat(file)).size;
};

const bytesIn = (engine: Engine, reference: string, path: string): Promise<number> =>
  mustRun(engine.program, ['run', '--rm', '--entrypoint', 'stat', reference, '-L', '-c', '%s', path]).then(Number);

/** What an image with this Dockerfile may have beside the program: its base, and what it copies for running. */
const needs = async (engine: Engine, dockerfile: string): Promise<number> => {
  const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM ') + 1);
  const base = /^FROM (\S+)/.exec(last)?.[1] ?? 'scratch';
  const builder = /^FROM (?:--\S+ )*(\S+)/m.exec(dockerfile)?.[1] ?? '';
  const copied = [...last.matchAll(/^COPY --from=build (\/(?:etc\/ssl|usr\/local\/go)\S+) /gm)].map(
    ([, path = '']) => path,
  );
  let bytes = base === 'scratch' ? 0 : await imageSize(engine, base);
  for (const path of copied) bytes += await bytesIn(engine, builder, path);
  return bytes;
};

/** Whether an image is the program and what it needs, within two in a hundred. Empty when it is. */
export const overLimit = async (
  engine: Engine,
  { folder, tag, dockerfile, main }: { folder: string; tag: string; dockerfile: string; main: string },
): Promise<string> => {
  const program = await programSize(folder, main, tag.replaceAll('/', '-'));
  const limit = (program + (await needs(engine, dockerfile))) * allowance;
  const bytes = await imageSize(engine, tag);
  return bytes <= limit ? '' : `the image has ${bytes} bytes, its contents ${Math.round(limit / allowance)}`;
};
