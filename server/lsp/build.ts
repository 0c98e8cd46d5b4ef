import type { CancellationToken, WorkDoneProgressReporter } from 'vscode-languageserver/node';
import type { BuildOutcome, BuildRequest } from '../protocol.ts';
import { type Prepared, prepareBuild } from './build-preparation.ts';
import { type BuildView, showBuild } from './build-view.ts';
import { hashOf } from './builds.ts';
import type { BuildJob, Engine, Title } from './engine.ts';
import type { Session } from './session.ts';

/** The commands of `workspace/executeCommand` that build. */
export interface BuildCommands {
  /** Resolves when the build has ended, however it ended. */
  readonly build: (
    request: BuildRequest,
    token: CancellationToken,
    progress: WorkDoneProgressReporter | undefined,
  ) => Promise<BuildOutcome>;
  /** Whether a build was running or about to; all of them without a URI. */
  readonly cancel: (uri: string | undefined) => boolean;
  /** Cancels all builds; resolves when nothing of them is left running. */
  readonly stop: () => Promise<void>;
}

/** Builds what lies on disk; saves nothing. `changed` is called whenever lenses or diagnostics may differ. */
export function offerBuilds(
  session: Session,
  engine: Engine,
  changed: (what: 'lenses' | 'everything') => void,
): BuildCommands {
  const contexts = new Map<string, string>();
  const attempts = new Set<Promise<unknown>>();
  /** From the request on: a build can be cancelled before it runs. */
  const stops = new Map<string, AbortController>();
  const run = async (
    { job }: Prepared,
    uri: string,
    progress: WorkDoneProgressReporter | undefined,
    stop: AbortController,
  ): Promise<BuildOutcome> => {
    const view = showBuild(session, { uri, textHash: hashOf(job.text) }, progress, stop, () => changed('lenses'));
    changed('everything');
    const attempted = attempt(engine, job, view, stop.signal);
    attempts.add(attempted);
    const outcome = await attempted;
    attempts.delete(attempted);
    const title = await engine.describe(outcome);
    remember(session, uri, hashOf(job.text), outcome, title);
    view.end(outcome, title);
    changed('everything');
    return outcome;
  };
  const build: BuildCommands['build'] = async (request, token, progress) => {
    const { uri } = request;
    if (stops.has(uri)) return alreadyRunning;
    const stop = new AbortController();
    stops.set(uri, stop);
    const subscription = token.onCancellationRequested(() => stop.abort());
    try {
      const prepared = await prepareBuild(session, contexts, request);
      if (stop.signal.aborted) return { kind: 'cancelled' };
      return 'kind' in prepared ? prepared : await run(prepared, uri, progress, stop);
    } finally {
      subscription.dispose();
      stops.delete(uri);
    }
  };
  const cancel: BuildCommands['cancel'] = (uri) => {
    const meant = [...stops].filter(([of]) => uri === undefined || of === uri);
    for (const [, stop] of meant) stop.abort();
    return meant.length > 0;
  };
  const stop = async (): Promise<void> => {
    cancel(undefined);
    await Promise.all(attempts);
  };
  return { build, cancel, stop };
}

const alreadyRunning: BuildOutcome = { kind: 'failed', reason: 'This Dockerfile is being built already.' };

async function attempt(engine: Engine, job: BuildJob, view: BuildView, signal: AbortSignal): Promise<BuildOutcome> {
  try {
    return await engine.build(job, view, signal);
  } catch (error) {
    const reason = `The build could not be run: ${error instanceof Error ? error.message : String(error)}`;
    return { kind: 'failed', reason };
  }
}

function remember({ builds }: Session, uri: string, textHash: string, outcome: BuildOutcome, shown: Title): void {
  builds.ended(uri);
  if (outcome.kind === 'built') builds.built(uri, { outcome, shown, textHash });
  if (outcome.kind !== 'failed' || outcome.line === undefined) return;
  const { line, cause = 'other', values = {} } = outcome;
  builds.failed(uri, { line, message: withLastLines(outcome), cause, values }, textHash);
}

/** Of the failed step's output; a hover shows so many without scrolling. */
const shownLines = 8;

/** The sentence ends with the last line already: a single one is not said twice. */
function withLastLines({ reason, output = [] }: BuildOutcome & { readonly kind: 'failed' }): string {
  return output.length > 1 ? [reason, ...output.slice(-shownLines)].join('\n') : reason;
}
