import { readFile, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Outcome } from './case.ts';
import { build, type Engine } from './engine.ts';
import { mustRun } from './process.ts';

/** A processor that this machine has not got. */
export const other = process.arch === 'arm64' ? 'amd64' : 'arm64';

const machines: ReadonlyMap<number, string> = new Map([
  [62, 'amd64'],
  [183, 'arm64'],
]);

/** A file of an image, copied into a folder. */
const take = async (engine: Engine, tag: string, path: string, folder: string): Promise<string> => {
  const file = resolve(folder, 'taken');
  const container = (await mustRun(engine.program, ['create', tag, '/app'])).trim().split('\n').at(-1) ?? '';
  await mustRun(engine.program, ['cp', '--follow-link', `${container}:${path}`, file]);
  await mustRun(engine.program, ['rm', container]);
  return file;
};

/** Whose processor an ELF file of an image is for. */
const platformOf = async (engine: Engine, tag: string, path: string, folder: string): Promise<string> => {
  const file = await take(engine, tag, path, folder);
  const machine = machines.get((await readFile(file)).readUInt16LE(18));
  await rm(file);
  return machine === other ? 'target' : 'builder';
};

/** Builds for another platform and looks for whom the programs in the image are; empty when it is as expected. */
export const expectCrossing = async (
  { engine, folder, tag }: { readonly engine: Engine; readonly folder: string; readonly tag: string },
  { app, base }: Outcome & { kind: 'crosses' },
): Promise<string> => {
  const building = await build(engine, folder, tag, ['--platform', `linux/${other}`]);
  if (building.code !== 0) return `the build failed: ${building.stderr.split('\n').slice(-8).join('\n')}`;
  const foundApp = await platformOf(engine, tag, '/app', folder);
  if (foundApp !== app) return `/app is for the platform of the ${foundApp}`;
  const foundBase = base && (await platformOf(engine, tag, '/bin/busybox', folder));
  return foundBase === base ? '' : `the base is for the platform of the ${foundBase}`;
};

/** Builds for a platform and reads what go build recorded in the program; empty when it is as expected. */
export const expectForPlatform = async (
  { engine, folder, tag }: { readonly engine: Engine; readonly folder: string; readonly tag: string },
  expected: Outcome & { kind: 'records' | 'fails for' },
): Promise<string> => {
  const { code, stdout, stderr } = await build(engine, folder, tag, ['--platform', expected.platform]);
  const said = stdout + stderr;
  if (expected.kind === 'fails for') {
    if (code === 0) return 'the build passed';
    return expected.says.test(said) ? '' : `the build failed, but said: ${said.split('\n').slice(-8).join('\n')}`;
  }
  if (code !== 0) return `the build failed: ${said.split('\n').slice(-8).join('\n')}`;
  const file = await take(engine, tag, '/app', folder);
  const recorded = (await mustRun('go', ['version', '-m', file])).split('\n').map((line) => line.split('\t').at(-1));
  await rm(file);
  return recorded.includes(expected.setting)
    ? ''
    : `/app records ${recorded.filter((each) => /^GO/.test(each ?? '')).join(' ')}`;
};
