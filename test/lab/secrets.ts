import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Outcome } from './case.ts';
import { build, type Engine } from './engine.ts';
import { mustRun } from './process.ts';

/** What is given as every build argument and as the password of the secret; nothing else has these letters. */
const secret = 'lab0secret1of2nobody3';

const buildArguments = ['GITHUB_TOKEN', 'TOKEN'].flatMap((name) => ['--build-arg', `${name}=${secret}`]);

/** Whether the layers of a saved image have a text, in a file that is there or one that a later layer removed. */
const inLayers = ({ program }: Engine, tag: string, text: string): Promise<boolean> =>
  new Promise((done, fail) => {
    const child = spawn(program, ['save', tag], { stdio: ['ignore', 'pipe', 'inherit'] });
    let rest = '';
    let found = false;
    child.stdout.on('data', (data: Buffer) => {
      const seen = rest + data.toString('latin1');
      found ||= seen.includes(text);
      rest = seen.slice(-text.length);
    });
    child.on('error', fail);
    child.on('close', (code) => (code === 0 ? done(found) : fail(new Error(`${program} save ${tag}: exit ${code}`))));
  });

/** The places in which an image has the secret: its history, its layers. The history is in what is saved too. */
const places = async (engine: Engine, tag: string): Promise<string> => {
  const history = await mustRun(engine.program, ['history', '--no-trunc', '--format', '{{.CreatedBy}}', tag]);
  if (history.includes(secret)) return 'history';
  return (await inLayers(engine, tag, secret)) ? 'layers' : 'nowhere';
};

/** Builds with a password as build argument and as secret, and looks for it in the image; empty when it is where expected. */
export const expectSecret = async (
  { engine, folder, tag }: { readonly engine: Engine; readonly folder: string; readonly tag: string },
  { found, target }: Outcome & { kind: 'secret' },
): Promise<string> => {
  const file = resolve(folder, '..', 'netrc');
  await writeFile(file, `machine git.example.com login lab password ${secret}\n`);
  const options = [...buildArguments, '--secret', `id=netrc,src=${file}`, ...(target ? ['--target', target] : [])];
  const building = await build(engine, folder, tag, options);
  if (building.code !== 0) return `the build failed: ${building.stderr.split('\n').slice(-8).join('\n')}`;
  const where = await places(engine, tag);
  return where === found ? '' : `the secret is found: ${where}`;
};
