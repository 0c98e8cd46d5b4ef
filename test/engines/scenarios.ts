import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { privateTag } from '../../server/image/build.ts';
import { removeImage } from '../../server/image/images.ts';
import { runBuild } from '../../server/image/run-build.ts';
import { temporaryFolder } from '../support/temporary.ts';
import type { Bench, Reached } from './bench-model.ts';
import { gigabyte, platforms, rebuild, success } from './good-builds.ts';
import { processesNaming } from './processes.ts';
import { engineOf, failedOf, never, quiet, request, type Scenario } from './scenario-parts.ts';

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

/** Each is a column of the table. */
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
  { name: '1 GB', run: gigabyte, onRequest: true },
];
