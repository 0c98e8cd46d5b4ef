import { type CancellationToken, type Progress, ProgressLocation, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type BuildOutcome, type BuildRequest, serverCommands } from '../server/protocol.ts';
import type { BuildView } from './build-view.ts';
import type { ServerConnection } from './language-client.ts';

/** Builds with one cancellable progress notification. A server that cannot answer is a failed outcome, never a throw. */
export function requestBuild(server: ServerConnection, view: BuildView, request: BuildRequest): Thenable<BuildOutcome> {
  const options = { location: ProgressLocation.Notification, title: 'Building image', cancellable: true };
  return window.withProgress(options, async (progress, cancelled) => {
    const steps = view.onState((state) => {
      if (state.uri === request.uri && state.kind === 'running') progress.report({ message: state.step });
    });
    try {
      return await ask(await server.client(), request, progress, cancelled);
    } catch (error) {
      const outcome: BuildOutcome = cancelled.isCancellationRequested
        ? { kind: 'cancelled' }
        : { kind: 'failed', reason: sentence(error) };
      view.interrupted(request.uri, outcome);
      return outcome;
    } finally {
      steps.dispose();
    }
  });
}

async function ask(
  client: LanguageClient,
  request: BuildRequest,
  progress: Progress<{ message: string }>,
  cancelled: CancellationToken,
): Promise<BuildOutcome> {
  // The server may have taken its time to start.
  if (cancelled.isCancellationRequested) return { kind: 'cancelled' };
  progress.report({ message: 'Starting' });
  // The server's answer to a cancelled build is an outcome like any other, so the request itself is not cancelled.
  const stop = cancelled.onCancellationRequested(() => {
    void client.sendRequest('workspace/executeCommand', {
      command: serverCommands.cancelBuild,
      arguments: [{ uri: request.uri }],
    });
  });
  try {
    return await client.sendRequest<BuildOutcome>('workspace/executeCommand', {
      command: serverCommands.build,
      arguments: [request],
    });
  } finally {
    stop.dispose();
  }
}

const sentence = (error: unknown): string =>
  `The language server ended during the build (${error instanceof Error ? error.message : String(error)}): build again.`;
