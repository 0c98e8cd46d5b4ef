import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Engine, imageSize, removeImage } from '../engine.ts';
import { type Made, provide } from '../images/references.ts';
import { workshop } from '../images/store.ts';
import { mustRun, run } from '../process.ts';
import type { Row } from '../runner.ts';
import { builtIn, lay } from './bench.ts';

const tools = ['github.com/google/ko@v0.19.1', 'github.com/google/go-containerregistry/cmd/crane@v0.22.1'];
const base = 'gcr.io/distroless/static-debian13:nonroot';
const port = 5151;
const registry = `127.0.0.1:${port}`;
const bin = resolve(workshop, 'bin');

/** Builds ko and a registry for loopback from the Go module proxy, once. */
const install = async (): Promise<void> => {
  await mkdir(bin, { recursive: true });
  for (const tool of tools) {
    const name = tool.split('@')[0]?.split('/').at(-1) ?? '';
    if ((await run(resolve(bin, name), ['version'])).code === 0) continue;
    await mustRun('go', ['install', tool], { env: { GOBIN: bin, GOFLAGS: '' }, timeout: 1_800_000 });
  }
};

const answers = async (): Promise<void> => {
  const until = Date.now() + 20_000;
  while (!(await fetch(`http://${registry}/v2/`).catch(() => undefined))?.ok) {
    if (Date.now() > until) throw new Error('the registry on loopback does not answer');
  }
};

/** The registry while `work` goes on, with the base image in it. */
const withRegistry = async <T>(engine: Engine, made: Made, work: () => Promise<T>): Promise<T> => {
  const server = spawn(resolve(bin, 'crane'), ['registry', 'serve', '--address', registry], { stdio: 'ignore' });
  try {
    await answers();
    await provide(engine, made, base);
    const tar = resolve(workshop, 'ko-base.tar');
    await mustRun(engine.program, ['save', '--output', tar, base]);
    await mustRun(resolve(bin, 'crane'), ['push', '--insecure', tar, `${registry}/base:nonroot`]);
    return await work();
  } finally {
    server.kill();
    await once(server, 'exit');
  }
};

const koSize = async (engine: Engine, project: string): Promise<number> => {
  const env = {
    KO_DOCKER_REPO: `${registry}/program`,
    KO_DEFAULTBASEIMAGE: `${registry}/base:nonroot`,
    GOTOOLCHAIN: 'go1.26.11',
    GOFLAGS: '-ldflags=-s -ldflags=-w',
  };
  const args = ['build', '--bare', '--insecure-registry', '--sbom=none', '--platform=linux/amd64', '.'];
  const reference = await mustRun(resolve(bin, 'ko'), args, { cwd: project, env, timeout: 600_000 });
  await mustRun(engine.program, ['pull', '--quiet', reference]);
  const bytes = await imageSize(engine, reference);
  await removeImage(engine, reference);
  return bytes;
};

/** ko beside ours: the same program on the same base. */
export const runKo = async (engine: Engine, made: Made): Promise<readonly Row[]> => {
  const start = performance.now();
  await install();
  const project = resolve(import.meta.dirname, '../projects/certificates');
  const theirs = await withRegistry(engine, made, () => koSize(engine, project));
  const bench = { engine, made, project, addition: undefined };
  const built = await builtIn(bench, await lay(bench, 'ko-ours'));
  const ours = 'error' in built ? Number.NaN : built.bytes;
  const name = `ko: ${(theirs / 1e6).toFixed(2)} MB, ours: ${(ours / 1e6).toFixed(2)} MB`;
  const reason = ours <= theirs ? '' : 'ours is not the smaller one';
  return [
    {
      rule: 'proof',
      name,
      verdict: reason === '' ? 'passed' : 'failed',
      seconds: (performance.now() - start) / 1000,
      reason,
    },
  ];
};
