import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Engine } from '../../server/image/engine-model.ts';
import { imageId, removeImage } from '../../server/image/images.ts';
import { hostPlatform, readImage } from '../../server/image/measure.ts';
import { runBuild } from '../../server/image/run-build.ts';
import type { Bench } from './bench-model.ts';
import { isAsEngineSays } from './engine-sizes.ts';
import { start } from './program.ts';
import { engineOf, failedOf, isBuilt, never, quiet, request } from './scenario-parts.ts';

/** Whose sizes are compared with ours. */
const hasOwnSizes = ({ kind }: Engine): boolean => kind === 'docker' || kind === 'nerdctl';

/** Builds; says the size that the files have, and what the engine says of size and layers. */
export async function success({ reached }: Bench, folder: string): Promise<void> {
  writeFileSync(path.join(folder, 'zwölf files.txt'), 'x'.repeat(1234));
  const lines = ['FROM scratch', 'COPY prog /prog', 'COPY ["zwölf files.txt", "/"]'];
  const { size, pullSize, image } = isBuilt(await runBuild(request(reached, folder, lines), quiet, never));
  const program = readFileSync(path.join(folder, 'prog')).length;
  assert.equal(size, program + 1234);
  const engine = await engineOf(reached);
  if (hasOwnSizes(engine)) await isAsEngineSays(engine, image, { layers: [program, 1234], pullSize });
}

/** The image before is gone, unless it has another name. */
export async function rebuild({ reached }: Bench, folder: string): Promise<void> {
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
  // A name that somebody else gave keeps the image.
  const name = 'go-dockerfile/somebody-s:1';
  const tagged = start(engine.program, ['tag', second.image, name], { env: engine.environment });
  assert.equal(tagged.status, 0, tagged.stderr);
  const kept = await imageId(engine, name, never);
  writeFileSync(path.join(folder, 'text'), 'fourth');
  isBuilt(await runBuild(request(reached, folder, lines), quiet, never));
  assert.equal(await imageId(engine, name, never), kept);
  await removeImage(engine, name, never);
}

/** One image for each platform, this machine's first. */
export async function platforms({ reached }: Bench, folder: string): Promise<void> {
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

/** A layer of 1 GB that does not get smaller. */
export async function gigabyte({ reached }: Bench, folder: string): Promise<void> {
  const lines = ['FROM scratch', 'COPY prog /prog', 'RUN ["/prog", "fill", "/big"]'];
  const { size, pullSize, image } = isBuilt(await runBuild(request(reached, folder, lines), quiet, never));
  const program = statSync(path.join(folder, 'prog')).size;
  assert.equal(size, program + 1_000_000_000);
  const engine = await engineOf(reached);
  if (hasOwnSizes(engine)) await isAsEngineSays(engine, image, { layers: [program, 1_000_000_000], pullSize });
}
