import { readFile } from 'node:fs/promises';
import type { CancellationToken, WorkDoneProgressReporter } from 'vscode-languageserver/node';
import { parseDockerfile } from '../analysis/dockerfile/parse.ts';
import { copySources } from '../project/copy-sources.ts';
import type { BuildOutcome, BuildRequest } from '../protocol.ts';
import { chooseContext } from './build-context.ts';
import { type BuildView, showBuild } from './build-view.ts';
import { pathOf } from './documents.ts';
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
  /** Whether a build was running; all of them without a URI. */
  readonly cancel: (uri: string | undefined) => boolean;
  /** Cancels all builds; resolves when nothing of them is left running. */
  readonly stop: () => Promise<void>;
}

/** A build that may begin. */
interface Prepared {
  readonly job: BuildJob;
}

/** Builds what lies on disk; saves nothing. `changed` is called whenever lenses or diagnostics may differ. */
export function offerBuilds(
  session: Session,
  engine: Engine,
  changed: (what: 'lenses' | 'everything') => void,
): BuildCommands {
  const contexts = new Map<string, string>();
  const attempts = new Set<Promise<unknown>>();
  const build: BuildCommands['build'] = async (request, token, progress) => {
    const prepared = await prepare(session, contexts, request);
    if ('kind' in prepared) return prepared;
    if (session.builds.running(request.uri)) return alreadyRunning;
    const stop = new AbortController();
    const subscription = token.onCancellationRequested(() => stop.abort());
    const view = showBuild(session, request.uri, progress, stop, () => changed('lenses'));
    changed('everything');
    const attempted = attempt(engine, prepared.job, view, stop.signal);
    attempts.add(attempted);
    const outcome = await attempted;
    attempts.delete(attempted);
    subscription.dispose();
    const title = await engine.describe(outcome);
    remember(session, request.uri, prepared.job.text, outcome, title);
    view.end(outcome, title);
    changed('everything');
    return outcome;
  };
  const cancel: BuildCommands['cancel'] = (uri) => {
    const running = session.builds.active().filter((active) => uri === undefined || active === uri);
    for (const active of running) session.builds.running(active)?.cancel();
    return running.length > 0;
  };
  const stop = async (): Promise<void> => {
    cancel(undefined);
    await Promise.all(attempts);
  };
  return { build, cancel, stop };
}

const failed = (reason: string): BuildOutcome => ({ kind: 'failed', reason });

const alreadyRunning = failed('This Dockerfile is being built already.');

async function prepare(
  session: Session,
  contexts: Map<string, string>,
  { uri, context, options = {} }: BuildRequest,
): Promise<Prepared | BuildOutcome> {
  const { builds, environment, projects, settings } = session;
  if (!environment.trusted()) return failed('Building runs the steps of the Dockerfile: trust this workspace first.');
  const dockerfile = pathOf(uri);
  if (dockerfile === undefined) return failed('Only a Dockerfile on disk can be built: save it first.');
  if (builds.running(uri)) return alreadyRunning;
  const text = await readFile(dockerfile, 'utf8').catch(() => undefined);
  if (text === undefined) return failed(`${dockerfile} cannot be read: save it first.`);
  const candidates =
    context === undefined ? await projects.contexts(dockerfile, copySources(parseDockerfile(text))) : [context];
  const chosen = await chooseContext(session, candidates, contexts.get(uri));
  if (chosen === undefined) return { kind: 'choose-context', candidates };
  contexts.set(uri, chosen);
  const { engine } = await settings.of(uri);
  const previousSize = builds.measured(uri)?.outcome.size;
  return { job: { dockerfile, context: chosen, text, settings: engine, options, previousSize } };
}

async function attempt(engine: Engine, job: BuildJob, view: BuildView, signal: AbortSignal): Promise<BuildOutcome> {
  try {
    return await engine.build(job, view, signal);
  } catch (error) {
    return failed(`The build could not be run: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function remember({ builds }: Session, uri: string, text: string, outcome: BuildOutcome, title: Title): void {
  builds.ended(uri);
  if (outcome.kind === 'built') builds.built(uri, outcome, title, text);
  if (outcome.kind !== 'failed' || outcome.line === undefined) return;
  const { line, cause = 'other', values = {} } = outcome;
  builds.failed(uri, { line, message: withLastLines(outcome), cause, values }, text);
}

/** Of the failed step's output; a hover shows so many without scrolling. */
const shownLines = 8;

/** The sentence ends with the last line already: a single one is not said twice. */
function withLastLines({ reason, output = [] }: BuildOutcome & { readonly kind: 'failed' }): string {
  return output.length > 1 ? [reason, ...output.slice(-shownLines)].join('\n') : reason;
}
