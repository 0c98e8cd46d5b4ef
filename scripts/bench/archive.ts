import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleAll, projectRoot } from '../bundle.ts';
import { bytes, printTable, type Row } from './table.ts';

// Reads an image archive of a gigabyte beside tar, which only lists it, and beside dive.

const rounds = 3;
const folder = mkdtempSync(path.join(tmpdir(), 'go-dockerfile-bench-'));
const image = path.join(folder, 'image.tar');

interface Measured {
  readonly milliseconds: number;
  readonly memory: number;
}

/** A program, or several of which each reads what the one before writes. */
type Pipe = readonly (readonly string[])[];

async function measure(pipe: Pipe, environment: Readonly<Record<string, string>> = {}): Promise<Measured | undefined> {
  const start = performance.now();
  const children: ChildProcess[] = [];
  for (const [index, [program = '', ...args]] of pipe.entries()) {
    const before = children[index - 1]?.stdout ?? 'ignore';
    const last = index === pipe.length - 1;
    children.push(
      spawn(program, args, {
        stdio: [before, last ? 'ignore' : 'pipe', 'ignore'],
        cwd: folder,
        env: { ...process.env, ...environment },
      }),
    );
  }
  const measured = children.at(-1);
  if (!measured) return undefined;
  let memory = 0;
  const look = setInterval(() => {
    memory = Math.max(memory, peakOf(measured.pid));
  }, 5);
  const [code] = await Promise.race([once(measured, 'exit'), once(measured, 'error')]);
  clearInterval(look);
  return code === 0 || code === 1 ? { milliseconds: performance.now() - start, memory } : undefined;
}

/** The largest resident set so far, in bytes, where the kernel tells. */
function peakOf(pid: number | undefined): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

async function run(program: string, args: readonly string[], environment = {}): Promise<string | undefined> {
  const child = spawn(program, [...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  let out = '';
  child.stdout.on('data', (piece) => {
    out += piece;
  });
  const [code] = await Promise.race([once(child, 'close'), once(child, 'error')]);
  return code === 0 ? out.trim() : undefined;
}

/** Four layers with the files of the Go toolchain and one with large files, all of this machine. */
async function makeArchive(): Promise<readonly string[]> {
  const source = (await run('go', ['env', 'GOROOT'])) ?? path.join(projectRoot, 'node_modules');
  const layers: string[] = [];
  mkdirSync(path.join(folder, 'large'));
  const block = Buffer.alloc(1024 * 1024, 'some text that is no program. ');
  writeFileSync(path.join(folder, 'large/data'), Buffer.concat(Array.from({ length: 100 }, () => block)));
  const add = async (from: string, name: string, to: string): Promise<void> => {
    layers.push(`layer${layers.length}.tar`);
    await run('tar', ['-cf', layers.at(-1) ?? '', '--transform', `s,^${name},${to},`, '-C', from, name]);
  };
  let size = 0;
  for (let index = 0; size < 1e9; index += 1) {
    if (index % 2 === 0) await add(path.dirname(source), path.basename(source), `usr/local/copy${index}`);
    else await add(folder, 'large', `large${index}`);
    size += statSync(path.join(folder, layers.at(-1) ?? '')).size;
  }
  writeFileSync(path.join(folder, 'config.json'), JSON.stringify({ os: 'linux', architecture: 'amd64' }));
  writeFileSync(
    path.join(folder, 'manifest.json'),
    JSON.stringify([{ Config: 'config.json', RepoTags: [], Layers: layers }]),
  );
  await run('tar', ['-cf', image, ...layers, 'config.json', 'manifest.json']);
  return layers;
}

/** Built from the Go module proxy; undefined where that cannot be had. */
async function getDive(): Promise<string | undefined> {
  const environment = { GOBIN: folder, GOFLAGS: '-mod=mod' };
  const built = await run('go', ['install', 'github.com/wagoodman/dive/cmd/dive@latest'], environment);
  return built === undefined ? undefined : path.join(folder, 'dive');
}

async function best(name: string, pipe: Pipe, whole: number, environment = {}): Promise<Row> {
  const all: Measured[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const one = await measure(pipe, environment);
    if (one) all.push(one);
  }
  const [fastest] = all.sort((a, b) => a.milliseconds - b.milliseconds);
  if (!fastest) return [name, 'failed', '', ''];
  const speed = `${bytes(whole / (fastest.milliseconds / 1000))}/s`;
  return [name, `${fastest.milliseconds.toFixed(0)} ms`, speed, fastest.memory === 0 ? '' : bytes(fastest.memory)];
}

try {
  await bundleAll(false);
  const layers = await makeArchive();
  const whole = statSync(image).size;
  const cli = [process.execPath, path.join(projectRoot, 'dist/cli.cjs'), 'measure'];
  const dive = process.env.DIVE ?? (await getDive());
  const listing = (layer: string): Pipe => [
    ['tar', '-xOf', image, layer],
    ['tar', '-tf', '-'],
  ];
  const rows: Row[] = [
    await best('tar tf, jumps over the layers', [['tar', '-tf', image]], whole),
    await best(
      'cat | tar tf, reads all of it',
      [
        ['cat', image],
        ['tar', '-tf', '-'],
      ],
      whole,
    ),
    await best('go-dockerfile measure FILE', [[...cli, image, '--format', 'json']], whole),
    await best(
      'cat | go-dockerfile measure -',
      [
        ['cat', image],
        [...cli, '-', '--format', 'json'],
      ],
      whole,
    ),
    ...(dive === undefined
      ? []
      : [await best('dive --ci', [[dive, `docker-archive://${image}`]], whole, { CI: 'true' })]),
  ];
  let listed = 0;
  for (const layer of layers) listed += (await measure(listing(layer)))?.milliseconds ?? 0;
  rows.splice(2, 0, ['tar tf of every layer', `${listed.toFixed(0)} ms`, `${bytes(whole / (listed / 1000))}/s`, '']);
  if (dive === undefined)
    console.log('dive is left out: go install github.com/wagoodman/dive/cmd/dive@latest did not work here');
  console.log(`an image archive of ${bytes(whole)} with ${layers.length} layers; the best of ${rounds} runs`);
  printTable(['', 'time', 'speed', 'memory'], rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
