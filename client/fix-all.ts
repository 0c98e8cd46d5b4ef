import { type TextEditor, window, workspace } from 'vscode';
import type { WorkspaceEdit } from 'vscode-languageclient/node';
import { type FixAllOutcome, serverCommands } from '../server/protocol.ts';
import type { ServerConnection } from './language-client.ts';

/** Text that changes while the server answers is asked about again, at most so often. */
const mostTries = 5;

/**
 * Applies every safe fix to the Dockerfile of the active editor and to project files, as one edit, and says so when there
 * is none. On save, the editor's own action for this changes the Dockerfile alone.
 */
export async function fixAll(server: ServerConnection): Promise<void> {
  const editor = window.activeTextEditor;
  try {
    if (editor?.document.languageId !== 'dockerfile') throw new Error('no Dockerfile is the active editor');
    const files = await fixDocument(server, editor);
    if (!files) void window.showInformationMessage('No finding in this Dockerfile has a safe fix.');
    else if (files.length > 0) {
      void window.showInformationMessage(
        `Changed beside the Dockerfile: ${files.join(', ')}. Builds read what is saved.`,
      );
    }
  } catch (error) {
    void window.showErrorMessage(`Nothing was fixed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The project files that were changed, too; undefined when nothing is to be fixed. */
async function fixDocument(server: ServerConnection, { document }: TextEditor): Promise<readonly string[] | undefined> {
  const client = await server.client();
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { version } = document;
    const { edit, files } = await client.sendRequest<FixAllOutcome<WorkspaceEdit>>('workspace/executeCommand', {
      command: serverCommands.fixAll,
      arguments: [{ uri: client.code2ProtocolConverter.asUri(document.uri) }],
    });
    const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
    if (document.version !== version) continue;
    if (!converted) return undefined;
    if (await workspace.applyEdit(converted)) return files;
  }
  throw new Error('the Dockerfile kept changing meanwhile');
}
