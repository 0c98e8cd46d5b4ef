import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { BuildCallbacks, BuildInput, Engine } from './engine-model.ts';
import { type Explanation, explainFailure } from './explain.ts';
import { colouredLine } from './log-colours.ts';
import { programOutput, runProgram } from './process.ts';
import { readProgress } from './progress.ts';

/** `image`: the private tag that now names the built image. */
export type BuildResult =
  | { readonly kind: 'built'; readonly image: string }
  | ({ readonly kind: 'failed' } & Explanation)
  | { readonly kind: 'cancelled' };

/**
 * The tag of what this file builds: the same for every build of one Dockerfile in one context, never a name of the user's.
 */
export function privateTag(input: Pick<BuildInput, 'dockerfile' | 'context' | 'target' | 'platform'>): string {
  const key = JSON.stringify([input.dockerfile, input.context, input.target ?? '', input.platform ?? '']);
  return `go-dockerfile/${createHash('sha256').update(key).digest('hex').slice(0, 16)}:latest`;
}

/** Builds with the engine; a failed or cancelled build is a result, not a rejection. Leaves no process and no file behind. */
export async function build(
  engine: Engine,
  input: BuildInput,
  callbacks: BuildCallbacks,
  signal: AbortSignal,
): Promise<BuildResult> {
  const image = privateTag(input);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'go-dockerfile-build-'));
  const abandon = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', abandon);
  try {
    const before = await imageId(engine, image, signal);
    const idFile = path.join(folder, 'id');
    const progress = readProgress(engine.builder, callbacks.onStep);
    const take = (line: string): void => {
      progress.line(line.replace(/\r$/, ''));
      callbacks.onLog(colouredLine(line));
    };
    const [out, err] = [lines(take), lines(take)];
    const end = await runProgram(engine.program, buildArguments(engine, input, image, idFile), {
      environment: engine.environment,
      cwd: input.context,
      signal,
      onStdout: out.push,
      onStderr: err.push,
    });
    out.end();
    err.end();
    if (signal.aborted) return { kind: 'cancelled' };
    if (end.startError) return { kind: 'failed', reason: startReason(engine, input, end.startError) };
    if (end.code !== 0) {
      const { code } = end;
      return { kind: 'failed', ...explainFailure({ engine, progress, code, instructions: input.instructions }) };
    }
    await removeOlder(engine, before, await readFile(idFile, 'utf8').catch(() => ''), image, signal);
    return { kind: 'built', image };
  } finally {
    process.removeListener('exit', abandon);
    await rm(folder, { recursive: true, force: true });
  }
}

/** The arguments after the program; paths are arguments of their own, so any character may be in them. */
function buildArguments(engine: Engine, input: BuildInput, image: string, idFile: string): readonly string[] {
  const command = engine.builder === 'buildx' ? ['buildx', 'build', '--load'] : ['build'];
  const own: Record<Engine['builder'], readonly string[]> = {
    buildx: ['--progress=plain'],
    buildkit: ['--progress=plain'],
    legacy: ['--force-rm'],
    // Docker's format keeps HEALTHCHECK and SHELL, which podman's default format drops.
    podman: ['--format=docker', '--force-rm'],
  };
  const args = Object.entries(input.buildArgs ?? {}).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  return [
    ...command,
    ...own[engine.builder],
    ...(input.target === undefined ? [] : ['--target', input.target]),
    ...(input.platform === undefined ? [] : ['--platform', input.platform]),
    ...args,
    '--iidfile',
    idFile,
    '--tag',
    image,
    '--file',
    input.dockerfile,
    input.context,
  ];
}

function startReason(engine: Engine, input: BuildInput, error: NodeJS.ErrnoException): string {
  return error.code === 'ENOENT'
    ? `The build could not start: ${engine.program} or the folder ${input.context} is gone.`
    : `${engine.program} cannot be started (${error.code}).`;
}

async function imageId(engine: Engine, image: string, signal: AbortSignal): Promise<string | undefined> {
  const answer = await inspectId(engine, image, signal);
  return answer.code === 0 ? answer.stdout.trim() || undefined : undefined;
}

const inspectId = (engine: Engine, image: string, signal: AbortSignal) =>
  programOutput(engine.program, ['image', 'inspect', '--format', '{{.Id}}', image], engine.environment, signal);

/** Removes the image that had our tag before. Without force: one that a container or another tag uses stays. */
async function removeOlder(
  engine: Engine,
  before: string | undefined,
  now: string,
  image: string,
  signal: AbortSignal,
): Promise<void> {
  if (before === undefined || bareId(before) === bareId(now)) return;
  if ((await imageId(engine, image, signal)) === before) return;
  await programOutput(engine.program, ['image', 'rm', before], engine.environment, signal);
}

const bareId = (id: string): string => id.trim().replace(/^sha256:/, '');

/** Cuts chunks into lines; `end` gives what is left. */
function lines(take: (line: string) => void): { readonly push: (text: string) => void; readonly end: () => void } {
  let rest = '';
  return {
    push: (text) => {
      const pieces = (rest + text).split('\n');
      rest = pieces.pop() ?? '';
      for (const piece of pieces) take(piece);
    },
    end: () => {
      if (rest) take(rest);
      rest = '';
    },
  };
}
