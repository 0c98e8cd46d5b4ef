import type { Engine } from './engine-model.ts';
import { programOutput } from './process.ts';

/** Id of the image that a name stands for; undefined for none. */
export async function imageId(engine: Engine, image: string, signal: AbortSignal): Promise<string | undefined> {
  const args =
    engine.kind === 'buildah'
      ? ['inspect', '--type', 'image', '--format', '{{.FromImageID}}', image]
      : ['image', 'inspect', '--format', '{{.Id}}', image];
  const answer = await programOutput(engine.program, args, engine.environment, signal);
  return answer.code === 0 ? answer.stdout.trim() || undefined : undefined;
}

/** Without force: an image that a container or another tag uses stays. */
export async function removeImage(engine: Engine, image: string, signal: AbortSignal): Promise<void> {
  const args = engine.kind === 'buildah' ? ['rmi', image] : ['image', 'rm', image];
  await programOutput(engine.program, args, engine.environment, signal);
}
