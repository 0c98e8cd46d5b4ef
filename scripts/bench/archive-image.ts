import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../bundle.ts';

/** An archive as `docker save` writes it, and the tars of its layers beside it. */
export interface BenchImage {
  readonly archive: string;
  readonly layers: readonly string[];
}

/** Runs a program; its output, or undefined when it fails. */
export async function run(
  folder: string,
  program: string,
  args: readonly string[],
  environment = {},
): Promise<string | undefined> {
  const env = { ...process.env, ...environment };
  const child = spawn(program, [...args], { stdio: ['ignore', 'pipe', 'inherit'], cwd: folder, env });
  let out = '';
  child.stdout.on('data', (piece) => {
    out += piece;
  });
  const [code] = await Promise.race([once(child, 'close'), once(child, 'error')]);
  return code === 0 ? out.trim() : undefined;
}

/** A gigabyte: layers with the files of the Go toolchain and layers with one large file, all of this machine. */
export async function makeImage(folder: string): Promise<BenchImage> {
  const source = (await run(folder, 'go', ['env', 'GOROOT'])) ?? path.join(projectRoot, 'node_modules');
  const layers: string[] = [];
  mkdirSync(path.join(folder, 'large'));
  const block = Buffer.alloc(1024 * 1024, 'some text that is no program. ');
  writeFileSync(path.join(folder, 'large/data'), Buffer.concat(Array.from({ length: 100 }, () => block)));
  const add = async (from: string, name: string, to: string): Promise<void> => {
    layers.push(`layer${layers.length}.tar`);
    await run(folder, 'tar', ['-cf', layers.at(-1) ?? '', '--transform', `s,^${name},${to},`, '-C', from, name]);
  };
  let size = 0;
  for (let index = 0; size < 1e9; index += 1) {
    if (index % 2 === 0) await add(path.dirname(source), path.basename(source), `usr/local/copy${index}`);
    else await add(folder, 'large', `large${index}`);
    size += statSync(path.join(folder, layers.at(-1) ?? '')).size;
  }
  return saved(folder, 'image.tar', layers);
}

/** The same image with its layers compressed by a program of this machine; undefined where it is not there. */
export async function compressedImage(
  folder: string,
  { layers }: BenchImage,
  [program, ...args]: readonly [string, ...string[]],
  ending: string,
): Promise<BenchImage | undefined> {
  const compressed = layers.map((layer) => `${layer}.${ending}`);
  for (const layer of layers) if ((await run(folder, program, [...args, layer])) === undefined) return undefined;
  return saved(folder, `image-${ending}.tar`, compressed);
}

async function saved(folder: string, name: string, layers: readonly string[]): Promise<BenchImage> {
  writeFileSync(path.join(folder, 'config.json'), JSON.stringify({ os: 'linux', architecture: 'amd64' }));
  const manifest = [{ Config: 'config.json', RepoTags: [], Layers: layers }];
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
  await run(folder, 'tar', ['-cf', name, ...layers, 'config.json', 'manifest.json']);
  return { archive: path.join(folder, name), layers };
}
