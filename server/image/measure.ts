import { mkdtemp, open, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { ProgramListener } from './archive/file-content.ts';
import { type ReadImage, readArchive } from './archive/read-archive.ts';
import { fileSource, streamSource } from './archive/sources.ts';
import type { Engine } from './engine-model.ts';
import { withoutLogFrame } from './log-frame.ts';
import { type ProgramStreams, runProgram } from './process.ts';
import { countPullSize, type PullSize } from './pull-size.ts';

/** Sizes of an image in bytes, `size` unpacked, `pullSize` compressed where that is quick to know, and its platform. */
export interface ImageSize {
  readonly size: number;
  readonly pullSize: number | undefined;
  /** That it is for, as its configuration says: `linux/arm64`; empty where it does not say. */
  readonly platform: string;
}

/** Measures what `docker save` streams; no copy of it is made. Rejects with a sentence, also after an abort. */
export async function measureImage(engine: Engine, image: string, signal: AbortSignal): Promise<ImageSize> {
  const counter = countPullSize();
  const read = await readImage(engine, image, signal, { counter });
  const packed = read.layers.map(({ compressed }) => compressed);
  const known = packed.every((bytes) => bytes !== undefined) && packed.length > 0;
  const pullSize = known ? packed.reduce((sum, bytes) => sum + bytes, 0) : await counter.bytes();
  return { size: unpackedSize(read), pullSize, platform: read.config.platform };
}

/** Reads what `docker save` streams; no copy of it is made. Rejects with a sentence, also after an abort. */
export async function readImage(
  engine: Engine,
  image: string,
  signal: AbortSignal,
  listeners: SaveListeners = {},
): Promise<ReadImage> {
  return engine.kind === 'buildah'
    ? readPushed(engine, image, signal, listeners)
    : readSaved(engine, image, signal, listeners);
}

/** Writes a docker archive to a path where nothing is yet. Rejects with a sentence, also after an abort. */
export async function saveImage(engine: Engine, image: string, file: string, signal: AbortSignal): Promise<void> {
  if (engine.kind === 'buildah') return runSave(engine, ['push', '--quiet', image, `docker-archive:${file}`], signal);
  const format = engine.kind === 'podman' ? ['--format', 'docker-archive'] : [];
  return runSave(engine, ['save', ...format, '--output', file, image], signal);
}

/** Who else looks at an image while it is read. */
interface SaveListeners {
  readonly counter?: PullSize;
  readonly onProgram?: ProgramListener;
}

async function readSaved(
  engine: Engine,
  image: string,
  signal: AbortSignal,
  { counter, onProgram }: SaveListeners,
): Promise<ReadImage> {
  let result: ReadImage | undefined;
  const args = engine.kind === 'podman' ? ['save', '--format', 'docker-archive', image] : ['save', image];
  await runSave(engine, args, signal, async (stdout) => {
    const stream = counter ? counter.passing(stdout) : stdout;
    result = await readArchive(streamSource(stream), hostPlatform(), signal, onProgram);
  });
  if (!result) throw new Error(`${engine.kind} save ended early`);
  return result;
}

/** Buildah has no save: it pushes into an archive, which has to be a file. */
async function readPushed(
  engine: Engine,
  image: string,
  signal: AbortSignal,
  { counter, onProgram }: SaveListeners,
): Promise<ReadImage> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'go-dockerfile-save-'));
  const archive = path.join(folder, 'image.tar');
  try {
    await saveImage(engine, image, archive, signal);
    const file = await open(archive);
    try {
      const source = counter ? streamSource(counter.passing(file.createReadStream())) : await fileSource(file);
      return await readArchive(source, hostPlatform(), signal, onProgram);
    } finally {
      await file.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Throws the engine's own words where it fails: they say more than the end of an archive that was cut short. */
async function runSave(
  engine: Engine,
  args: readonly string[],
  signal: AbortSignal,
  consume?: NonNullable<ProgramStreams['consume']>,
): Promise<void> {
  let problem: unknown;
  let errors = '';
  const end = await runProgram(engine.program, args, {
    environment: engine.environment,
    signal,
    onStderr: (text) => {
      errors = (errors + text).slice(-4000);
    },
    ...(consume && { consume }),
  }).catch((error: unknown) => {
    problem = error;
    return undefined;
  });
  if (signal.aborted) throw new Error('cancelled');
  const last = withoutLogFrame(errors).trim().split('\n').at(-1);
  if (end === undefined && !last) throw problem;
  if (end?.startError) throw new Error(`${engine.program} cannot be started (${end.startError.code})`);
  if (end?.code !== 0) throw new Error(last || `${engine.kind} save ended early`);
}

/** The platform of images that run here, such as `linux/arm64`. */
export const hostPlatform = (): string =>
  `linux/${({ x64: 'amd64', ia32: '386', arm: 'arm/v7' } as Readonly<Record<string, string>>)[process.arch] ?? process.arch}`;

/**
 * Bytes of an image: the sizes of all files and the lengths of all symbolic links in all layers, as `docker image inspect` counts
 * on overlay2.
 */
const unpackedSize = ({ layers }: ReadImage): number =>
  layers.reduce((total, { entries }) => entries.reduce((sum, { size }) => sum + size, total), 0);
