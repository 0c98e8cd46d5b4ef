import type { Engine } from './engine-model.ts';
import { runProgram } from './process.ts';
import { readSavedImage, type SavedImage } from './saved-image.ts';

/**
 * Size of an image in bytes. `unpacked`: the sizes of all files and the lengths of all symbolic links in all layers, as
 * `docker image inspect` counts on overlay2. `compressed`: the layers as a registry keeps them, undefined when the engine saves
 * them uncompressed.
 */
export type ImageSize = SavedImage;

/** Measures what `docker save` streams; constant memory, no temporary file. Rejects with a sentence, also after an abort. */
export async function measureImage(engine: Engine, image: string, signal: AbortSignal): Promise<ImageSize> {
  let result: SavedImage | undefined;
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
      result = await readSavedImage(stdout);
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

function saveArguments({ kind }: Engine, image: string): readonly string[] {
  if (kind === 'podman') return ['save', '--format', 'docker-archive', image];
  // Buildah has no save: it pushes into an archive.
  if (kind === 'buildah') return ['push', '--quiet', image, 'docker-archive:/dev/stdout'];
  return ['save', image];
}
