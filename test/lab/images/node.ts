import { mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Engine } from '../engine.ts';
import { mustRun, run } from '../process.ts';
import { layerImage, workshop } from './store.ts';

/** The Node of this machine on a Debian: what stands behind node's tags in the lab. Undefined where npm does not lie beside it. */
export const makeNode = async (engine: Engine, base: string): Promise<string | undefined> => {
  const found = await run('which', ['npm']);
  if (found.code !== 0) return undefined;
  // …/npm/bin/npm-cli.js
  const npm = resolve(await realpath(found.stdout.trim()), '../..');
  const folder = resolve(workshop, 'node');
  const lines = [
    `FROM ${base}`,
    'COPY node /usr/local/bin/node',
    'COPY npm /usr/local/lib/node_modules/npm',
    'RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm',
    'CMD ["node"]',
  ];
  const dockerfile = async (): Promise<string> => {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await mustRun('cp', [process.execPath, resolve(folder, 'node')]);
    await mustRun('cp', ['--recursive', npm, resolve(folder, 'npm')]);
    await writeFile(resolve(folder, 'Dockerfile'), `${lines.join('\n')}\n`);
    return resolve(folder, 'Dockerfile');
  };
  const image = await layerImage(engine, 'node', folder, dockerfile, [process.version, ...lines]);
  await rm(folder, { recursive: true, force: true });
  return image;
};
