import { type ReadImage, readArchive } from './archive/read-archive.ts';
import { streamSource } from './archive/sources.ts';
import type { Engine } from './engine-model.ts';
import { runProgram } from './process.ts';

/** Reads what `docker save` streams; no copy of it is made. Rejects with a sentence, also after an abort. */
export async function readImage(engine: Engine, image: string, signal: AbortSignal): Promise<ReadImage> {
  let result: ReadImage | undefined;
  let problem: unknown;
  let errors = '';
  const args = saveArguments(engine, image);
  const end = await runProgram(engine.program, args, {
    environment: engine.environment,
    signal,
    onStderr: (text) => {
      errors = (errors + text).slice(-4000);
    },
    consume: async (stdout) => {
      result = await readArchive(streamSource(stdout), hostPlatform(), signal);
    },
  }).catch((error: unknown) => {
    problem = error;
    return undefined;
  });
  if (signal.aborted) throw new Error('cancelled');
  const last = errors.trim().split('\n').at(-1);
  // An engine that fails cuts the archive short: its own words say more than "unexpected end".
  if (end === undefined && !last) throw problem;
  if (end?.startError) throw new Error(`${engine.program} cannot be started (${end.startError.code})`);
  if (end?.code !== 0 || !result) throw new Error(last || `${engine.kind} save ended early`);
  return result;
}

/** The platform of images that run here, such as `linux/arm64`. */
export const hostPlatform = (): string =>
  `linux/${({ x64: 'amd64', ia32: '386', arm: 'arm/v7' } as Readonly<Record<string, string>>)[process.arch] ?? process.arch}`;

/**
 * Bytes of an image: the sizes of all files and the lengths of all symbolic links in all layers, as `docker image inspect` counts
 * on overlay2.
 */
export const unpackedSize = ({ layers }: ReadImage): number =>
  layers.reduce((total, { entries }) => entries.reduce((sum, { size }) => sum + size, total), 0);

function saveArguments({ kind }: Engine, image: string): readonly string[] {
  if (kind === 'podman') return ['save', '--format', 'docker-archive', image];
  // Buildah has no save: it pushes into an archive.
  if (kind === 'buildah') return ['push', '--quiet', image, 'docker-archive:/dev/stdout'];
  return ['save', image];
}
