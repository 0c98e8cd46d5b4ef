import { randomBytes } from 'node:crypto';
import type { Engine } from '../engine-model.ts';
import { programOutput } from '../process.ts';
import { type Contained, failed, outputOf, type Result } from './tool.ts';

/** Where the archive is in the container. */
const inside = '/image.tar';

/** Names of all images that an engine has, `repository:tag`; empty for one that cannot run them as we do. */
export async function imagesIn(engine: Engine, signal: AbortSignal): Promise<readonly string[]> {
  if (!runsTools(engine)) return [];
  const args = ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'];
  const { stdout } = await programOutput(engine.program, args, engine.environment, signal);
  signal.throwIfAborted();
  return stdout.split('\n').map((line) => line.trim());
}

/** Buildah starts no images. */
const runsTools = ({ kind }: Engine): boolean => kind !== 'buildah';

/** The image of a tool among those of an engine, its newest build by name before others. */
export function imageOf({ repositories }: Contained, images: readonly string[]): string | undefined {
  const fit = images.filter((image) => {
    const repository = image.replace(/:[^:/]*$/, '').replace(/^(docker\.io|localhost)\//, '');
    return repositories.includes(repository) && !image.endsWith(':<none>');
  });
  return fit.find((image) => image.endsWith(':latest')) ?? fit[0];
}

/**
 * Runs a tool's image, which is never pulled, on a copy of an image (an archive): no socket and no folder of this machine is mounted, so that
 * it also works with an engine elsewhere. Rejects with a sentence, also after an abort; the container is gone then.
 */
export async function runInEngine(
  engine: Engine,
  { tool, image }: { readonly tool: Contained; readonly image: string },
  archive: string,
  signal: AbortSignal,
): Promise<Result> {
  const name = `go-dockerfile-scan-${randomBytes(6).toString('hex')}`;
  const run = (args: readonly string[]) => outputOf(engine.program, args, engine.environment, signal);
  try {
    const create = createArguments(name, tool, image);
    for (const args of [create, ['cp', archive, `${name}:${inside}`]]) {
      const output = await run(args);
      if (output.code !== 0) return failed(output);
    }
    return tool.result(await run(['start', '--attach', name]));
  } finally {
    const args = ['rm', '--force', name];
    await programOutput(engine.program, args, engine.environment, new AbortController().signal);
  }
}

const createArguments = (name: string, { network, silence, args }: Contained, image: string): readonly string[] => [
  'create',
  '--name',
  name,
  '--pull=never',
  ...(network ? [] : ['--network=none']),
  '--cap-drop=ALL',
  '--security-opt=no-new-privileges',
  ...Object.entries(silence).map(([variable, value]) => `--env=${variable}=${value}`),
  image,
  ...args(inside),
];
