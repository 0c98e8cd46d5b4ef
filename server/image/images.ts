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

/** An id without its algorithm. */
export const bareId = (id: string): string => id.trim().replace(/^sha256:/, '');

/** Whether an image, told by its id, has a name; also where the engine does not say. */
export async function hasName(engine: Engine, id: string, signal: AbortSignal): Promise<boolean> {
  const ask = (...args: string[]) => programOutput(engine.program, args, engine.environment, signal);
  if (engine.kind === 'buildah') {
    const { code, stdout } = await ask('images', '--no-trunc', '--format', '{{.ID}} {{.Name}}');
    const named = stdout.split('\n').filter((line) => !line.endsWith(' <none>'));
    return code !== 0 || named.some((line) => bareId(line.split(' ')[0] ?? '') === bareId(id));
  }
  const { code, stdout } = await ask('image', 'inspect', '--format', '{{json .RepoTags}}', id);
  return code !== 0 || !/^(\[\]|null)$/.test(stdout.trim());
}

/** Without force: an image that a container uses stays. One that is told by its id loses its name where it has a single one. */
export async function removeImage(engine: Engine, image: string, signal: AbortSignal): Promise<void> {
  const args = engine.kind === 'buildah' ? ['rmi', image] : ['image', 'rm', image];
  await programOutput(engine.program, args, engine.environment, signal);
}
