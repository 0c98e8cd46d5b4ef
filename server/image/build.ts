import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buildArguments } from './build-arguments.ts';
import type { BuildEvent } from './build-events.ts';
import type { BuildCallbacks, BuildInput, Engine } from './engine-model.ts';
import { type Explanation, explainFailure } from './explain/explain.ts';
import { lineOfStep } from './explain/locate.ts';
import { gitTags, readGit } from './git-tags.ts';
import { bareId, hasName, imageId, removeImage } from './images.ts';
import { logLines } from './log-lines.ts';
import { runProgram } from './process.ts';
import { type Progress, readProgress, stepName } from './progress.ts';

/** `image`: the private tag that now names the built image. */
export type BuildResult =
  | { readonly kind: 'built'; readonly image: string; readonly tags: readonly string[] }
  | ({ readonly kind: 'failed' } & (Explanation | Pick<Explanation, 'reason'>))
  | { readonly kind: 'cancelled' };

/**
 * The tag of what this file builds: the same for every build of one Dockerfile in one context, never a name of the user's.
 */
export function privateTag({
  dockerfile,
  context,
  options,
}: Pick<BuildInput, 'dockerfile' | 'context' | 'options'>): string {
  const key = JSON.stringify([dockerfile, context, options?.target ?? '', options?.platform ?? '']);
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
    const tags = await tagsOf(engine, input, signal);
    if (tags === undefined) return { kind: 'failed', reason: noGit };
    const progress = readProgress(engine.progress);
    const take = follow(engine, input, progress, callbacks);
    const [out, err] = [lines(take), lines(take)];
    const end = await runProgram(engine.program, buildArguments(engine, input, [image, ...tags], idFile), {
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
    return { kind: 'built', image, tags };
  } finally {
    process.removeListener('exit', abandon);
    await rm(folder, { recursive: true, force: true });
  }
}

const noGit = 'Tags from Git were asked for, and the build context is in no Git repository with a commit.';

/** The names from Git, when they are wanted; undefined when they are and Git has none. */
async function tagsOf(
  { environment }: Engine,
  { context, options }: BuildInput,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  if (!options?.gitTags) return [];
  const facts = await readGit(context, environment, signal);
  return facts && gitTags(options.gitTags, facts);
}

/** Takes lines of output: to the log, to the progress, and on as steps. */
function follow(
  engine: Engine,
  input: BuildInput,
  progress: Progress,
  callbacks: BuildCallbacks,
): (line: string) => void {
  const toLog = logLines(engine.progress);
  const tell = (event: BuildEvent): void => {
    if (event.kind !== 'began' && event.kind !== 'ended') return;
    const step = progress.step(event.id);
    if (!step) return;
    const name = stepName(step, engine.progress);
    if (event.kind === 'began') callbacks.onStep(name);
    const line = lineOfStep(step, engine.builder, input.instructions);
    const { state, milliseconds } =
      event.kind === 'began'
        ? { state: 'running' as const, milliseconds: undefined }
        : { state: event.how, milliseconds: event.milliseconds };
    callbacks.onStepState?.({ line, name, state, milliseconds });
  };
  return (line) => {
    const events = progress.line(line.replace(/\r$/, ''));
    const log = toLog(line, events);
    if (log) callbacks.onLog(log);
    for (const event of events) tell(event);
  };
}

function startReason(engine: Engine, input: BuildInput, error: NodeJS.ErrnoException): string {
  return error.code === 'ENOENT'
    ? `The build could not start: ${engine.program} or the folder ${input.context} is gone.`
    : `${engine.program} cannot be started (${error.code}).`;
}

/** Removes the image that had our tag before, unless a container or another tag uses it. */
async function removeOlder(
  engine: Engine,
  before: string | undefined,
  now: string,
  image: string,
  signal: AbortSignal,
): Promise<void> {
  if (before === undefined || bareId(before) === bareId(now)) return;
  if ((await imageId(engine, image, signal)) === before) return;
  if (!(await hasName(engine, before, signal))) await removeImage(engine, before, signal);
}

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
