import path from 'node:path';
import { commands, Disposable, Uri, window, workspace } from 'vscode';
import { clientCommands, type ImproveOutcome, serverCommands } from '../server/protocol.ts';
import type { GeneratedDocuments } from './generated-files.ts';
import type { ServerConnection } from './language-client.ts';
import { reviewFiles } from './review.ts';

const title = 'Improve this Dockerfile';

/** Registers "Improve this Dockerfile": the rewrite as a diff, written only when that is accepted. */
export function registerImprove(server: ServerConnection, documents: GeneratedDocuments): Disposable {
  const improve = async (target?: unknown): Promise<void> => {
    const uri = uriOf(target);
    if (!uri) return;
    // The server reads open documents.
    const document = await workspace.openTextDocument(uri);
    const client = await server.client();
    const made = await client.sendRequest<ImproveOutcome>('workspace/executeCommand', {
      command: serverCommands.improve,
      arguments: [{ uri: client.code2ProtocolConverter.asUri(document.uri) }],
    });
    if ('reason' in made) {
      void window.showInformationMessage(`The Dockerfile was not rewritten: ${made.reason}`);
      return;
    }
    const file = { uri, path: path.posix.basename(uri.path), text: made.dockerfile };
    const notes =
      made.notKept.length > 0 ? [`Not kept: ${made.notKept.join(' · ')}`] : ['Everything of yours is in it.'];
    await reviewFiles(documents, [file], notes, { title, step: 1, totalSteps: 1 });
  };
  return Disposable.from(
    commands.registerCommand(clientCommands.improve, async (target?: unknown) => {
      try {
        await improve(target);
      } catch (error) {
        void window.showErrorMessage(
          `The Dockerfile was not rewritten: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }),
  );
}

/** An entry of the Explorer, else the open editor. */
function uriOf(target: unknown): Uri | undefined {
  if (target instanceof Uri) return target;
  return typeof target === 'string' ? Uri.parse(target) : window.activeTextEditor?.document.uri;
}
