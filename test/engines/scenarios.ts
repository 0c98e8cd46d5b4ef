import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { privateTag } from '../../server/image/build.ts';
import { findEngine } from '../../server/image/engine.ts';
import type { Engine } from '../../server/image/engine-model.ts';
import { imageId, removeImage } from '../../server/image/images.ts';
import { hostPlatform, readImage } from '../../server/image/measure.ts';
import { type RunBuildRequest, runBuild } from '../../server/image/run-build.ts';
import type { BuildOutcome } from '../../server/protocol.ts';
import { temporaryFolder } from '../support/temporary.ts';
import type { Bench, Reached } from './bench-model.ts';
import { isAsDockerSays } from './docker-sizes.ts';
import { processesNaming } from './processes.ts';

/** What is done with an engine in a folder of its own, with `prog` in it; throws when something is not as it has to be. */
export interface Scenario {
  readonly name: string;
  readonly run: (bench: Bench, folder: string) => Promise<void>;
}

const quiet = { onLog: () => {}, onStep: () => {} };
const never = new AbortController().signal;

const request = (
  { settings, environment, network }: Reached,
  folder: string,
  lines: readonly string[],
): RunBuildRequest => {
  const dockerfile = path.join(folder, 'Dockerfile ü');
  writeFileSync(dockerfile, `${lines.join('\n')}\n`);
  const instructions = lines.map((text, line) => ({ line, text }));
  return { settings, environment, dockerfile, context: folder, instructions, ...(network && { options: { network } }) };
};

const engineOf = async ({ settings, environment }: Reached): Promise<Engine> => {
  const engine = await findEngine(settings, environment);
  if ('problem' in engine) throw new Error(engine.problem);
  return engine;
};

const isBuilt = (outcome: BuildOutcome): BuildOutcome & { kind: 'built' } => {
  assert.ok(outcome.kind === 'built', JSON.stringify(outcome));
  return outcome;
};

const failedOf = (outcome: BuildOutcome): BuildOutcome & { kind: 'failed' } => {
  assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
  return outcome;
};

/** Builds; says the size that the files have, and what the engine says of size and layers. */
async function success({ reached }: Bench, folder: string): Promise<void> {
  writeFileSync(path.join(folder, 'zwölf files.txt'), 'x'.repeat(1234));
  const lines = ['FROM scratch', 'COPY prog /prog', 'COPY ["zwölf files.txt", "/"]'];
  const { size, pullSize, image } = isBuilt(await runBuild(request(reached, folder, lines), quiet, never));
  const program = readFileSync(path.join(folder, 'prog')).length;
  assert.equal(size, program + 1234);
  const engine = await engineOf(reached);
  if (engine.kind === 'docker') await isAsDockerSays(engine, image, { layers: [program, 1234], pullSize });
}

async function rebuild({ reached }: Bench, folder: string): Promise<void> {
  const engine = await engineOf(reached);
  const lines = ['FROM scratch', 'COPY text /'];
  writeFileSync(path.join(folder, 'text'), 'one');
  const first = isBuilt(await runBuild(request(reached, folder, lines), quiet, never));
  const old = await imageId(engine, first.image, never);
  assert.ok(old);
  writeFileSync(path.join(folder, 'text'), 'three');
  const second = isBuilt(await runBuild(request(reached, folder, lines), quiet, never));
  assert.deepEqual([first.size, second.size, second.image], [3, 5, first.image]);
  assert.notEqual(await imageId(engine, second.image, never), old);
  assert.equal(await imageId(engine, old, never), undefined);
}

/** One image for each platform, this machine's first. */
async function platforms({ reached }: Bench, folder: string): Promise<void> {
  writeFileSync(path.join(folder, 'text'), 'one');
  const asked = request(reached, folder, ['FROM scratch', 'ARG TARGETARCH', 'COPY text /']);
  const other = hostPlatform() === 'linux/arm64' ? 'linux/amd64' : 'linux/arm64';
  const options = { ...asked.options, platform: `${other},${hostPlatform()}` };
  const engine = await engineOf(reached);
  const outcome = await runBuild({ ...asked, options }, quiet, never);
  if (engine.builder === 'legacy') {
    assert.match(
      failedOf(outcome).reason,
      /^linux\/\w+: The legacy builder cannot build this stage for another platform/,
    );
    return;
  }
  const { platform, size, image, others = [] } = isBuilt(outcome);
  assert.deepEqual(
    [platform, size, others.length, others[0]?.platform, others[0]?.size],
    [hostPlatform(), 3, 1, other, 3],
  );
  const read = await readImage(engine, others[0]?.image ?? '', never);
  assert.equal(read.config.platform, other);
  for (const name of [image, others[0]?.image ?? '']) await removeImage(engine, name, never);
}

async function failure({ reached }: Bench, folder: string): Promise<void> {
  const lines = ['FROM scratch', 'COPY prog /prog', 'RUN ["/prog", "ok"]', 'RUN ["/prog", "fail"]', 'USER 1'];
  const { reason, line, output } = failedOf(await runBuild(request(reached, folder, lines), quiet, never));
  const expected = ['RUN failed with exit code 3 at line 4: it broke: zwölf', 3, ['it broke: zwölf']];
  assert.deepEqual([reason, line, output], expected);
}

async function missingSource({ reached }: Bench, folder: string): Promise<void> {
  const outcome = failedOf(await runBuild(request(reached, folder, ['FROM scratch', 'COPY nosuch /']), quiet, never));
  assert.match(outcome.reason, /^nosuch does not exist where COPY looks for it/);
  assert.equal(outcome.line, 1);
}

const waiting = (folder: string): readonly string[] => [
  'FROM scratch',
  'COPY prog /go-dockerfile-prog',
  `RUN ["/go-dockerfile-prog", "wait", "${folder}"]`,
];

async function cancel({ reached }: Bench, folder: string): Promise<void> {
  const temporary = temporaryFolder('go-dockerfile-cancel-');
  try {
    await cancelled(reached, folder);
    assert.deepEqual(readdirSync(temporary.folder), []);
  } finally {
    temporary.restore();
  }
}

async function cancelled(reached: Reached, folder: string): Promise<void> {
  const controller = new AbortController();
  let cancelledAt = 0;
  const onLog = (text: string): void => {
    if (!text.includes('waiting') || controller.signal.aborted) return;
    cancelledAt = performance.now();
    controller.abort();
  };
  const outcome = await runBuild(request(reached, folder, waiting(folder)), { ...quiet, onLog }, controller.signal);
  assert.ok(controller.signal.aborted, JSON.stringify(outcome));
  assert.deepEqual(outcome, { kind: 'cancelled' });
  const left = (): readonly string[] => processesNaming(folder).map(({ words }) => words.join(' '));
  // The daemon ends the container a moment after the client left.
  while (left().length > 0 && performance.now() - cancelledAt < 3000) await new Promise(setImmediate);
  assert.deepEqual(left(), []);
  const took = performance.now() - cancelledAt;
  assert.ok(took < 3000, `it took ${Math.round(took)} ms`);
}

async function stopped(bench: Bench, folder: string): Promise<void> {
  const { reached, stop, remove } = await bench.fragile();
  try {
    let stopping: Promise<void> | undefined;
    const onLog = (text: string): void => {
      if (text.includes('waiting')) stopping ??= stop(folder);
    };
    const running = runBuild(request(reached, folder, waiting(folder)), { ...quiet, onLog }, never);
    const outcome = failedOf(await running);
    assert.ok(stopping, JSON.stringify(outcome));
    await stopping;
    assert.equal(outcome.cause, 'engine', JSON.stringify(outcome));
  } finally {
    await remove();
    for (const { pid } of processesNaming(folder)) process.kill(pid, 'SIGKILL');
  }
}

async function diskFull(bench: Bench, folder: string): Promise<void> {
  const { reached, remove } = await bench.fragile();
  try {
    writeFileSync(path.join(folder, 'big'), Buffer.alloc(80_000_000, Date.now().toString()));
    const lines = ['FROM scratch', 'COPY prog /prog', 'COPY big /big'];
    const outcome = failedOf(await runBuild(request(reached, folder, lines), quiet, never));
    assert.equal(outcome.cause, 'disk-full', JSON.stringify(outcome));
  } finally {
    await remove();
  }
}

async function noPermission({ forbidden }: Bench, folder: string): Promise<void> {
  const outcome = failedOf(await runBuild(request(forbidden, folder, ['FROM scratch', 'COPY prog /']), quiet, never));
  assert.match(outcome.reason, /permission/i);
}

/** Takes away what a build in this folder left in the engine. */
export async function removeBuilt({ reached }: Bench, folder: string): Promise<void> {
  const { dockerfile, context } = request(reached, folder, ['FROM scratch']);
  await removeImage(await engineOf(reached), privateTag({ dockerfile, context }), never);
}

export const scenarios: readonly Scenario[] = [
  { name: 'success', run: success },
  { name: 'rebuild', run: rebuild },
  { name: 'platforms', run: platforms },
  { name: 'failure', run: failure },
  { name: 'no source', run: missingSource },
  { name: 'cancel', run: cancel },
  { name: 'stopped', run: stopped },
  { name: 'disk full', run: diskFull },
  { name: 'forbidden', run: noPermission },
];
