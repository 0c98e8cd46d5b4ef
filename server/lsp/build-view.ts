import { stripVTControlCharacters } from 'node:util';
import { MessageType, ShowMessageNotification, type WorkDoneProgressReporter } from 'vscode-languageserver/node';
import { type BuildLog, type BuildOutcome, type BuildState, notifications } from '../protocol.ts';
import { elapsed } from './elapsed.ts';
import type { BuildEvents, Title } from './engine.ts';
import type { Session } from './session.ts';

/** Everything the user sees of one running build. */
export interface BuildView extends BuildEvents {
  readonly end: (outcome: BuildOutcome, title: Title) => void;
}

/** Shows the build in the lens (by `tick`, once a second), in the client's progress and, to our VS Code half, as notifications. */
export function showBuild(
  session: Session,
  { uri, textHash }: { readonly uri: string; readonly textHash: string },
  given: WorkDoneProgressReporter | undefined,
  stop: AbortController,
  tick: () => void,
): BuildView {
  const { builds, client } = session;
  const startedAt = Date.now();
  const first = 'Starting';
  builds.started(uri, textHash, { step: first, startedAt, cancel: () => stop.abort() });
  const progress = given ? Promise.resolve(given) : createProgress(session, stop);
  void progress.then((shown) => shown?.begin('Building image', undefined, first, true));
  const tell = (state: BuildState): void => {
    if (client.clientCommands) void session.connection.sendNotification(notifications.buildState, state);
  };
  tell({ uri, kind: 'running', step: first, startedAt });
  const ticker = setInterval(tick, 1000);
  return {
    step: (step) => {
      builds.progressed(uri, step);
      tell({ uri, kind: 'running', step, startedAt });
      void progress.then((shown) => shown?.report(`${step} · ${elapsed(startedAt)}`));
      tick();
    },
    stepState: (step) => builds.stepped(uri, step),
    log: (text) => logTo(session, { uri, text }),
    end: (outcome, { title, tooltip }) => {
      clearInterval(ticker);
      void progress.then((shown) => shown?.done());
      tell({ uri, kind: 'done', outcome, title, tooltip, textHash });
      if (!client.clientCommands) announce(session, outcome, title);
    },
  };
}

/** Only where nobody else shows progress: our VS Code half has a notification of its own. */
async function createProgress(
  { client, connection }: Session,
  stop: AbortController,
): Promise<WorkDoneProgressReporter | undefined> {
  if (client.clientCommands || !client.progress) return undefined;
  try {
    const progress = await connection.window.createWorkDoneProgress();
    progress.token.onCancellationRequested(() => stop.abort());
    return progress;
  } catch {
    // The build matters, the client's progress bar does not.
    return undefined;
  }
}

function logTo({ client, connection }: Session, log: BuildLog): void {
  if (client.clientCommands) void connection.sendNotification(notifications.buildLog, log);
  else connection.console.log(stripVTControlCharacters(log.text).trimEnd());
}

/** Editors without our lens and status bar. */
function announce({ connection }: Session, outcome: BuildOutcome, title: string): void {
  const tell = (type: MessageType, message: string): void =>
    void connection.sendNotification(ShowMessageNotification.type, { type, message });
  if (outcome.kind === 'built') tell(MessageType.Info, `${outcome.image}: ${title}`);
  if (outcome.kind === 'failed') tell(MessageType.Error, outcome.reason);
}
