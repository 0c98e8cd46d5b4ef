import { type CodeAction, commands, Range, type TextDocument, type TextEditor, window, workspace } from 'vscode';
import type { ServerConnection } from './language-client.ts';

const kind = 'source.fixAll.goDockerfile';

/** Text that changes while the server answers is asked about again, at most so often. */
const mostTries = 5;

/**
 * Applies every safe fix to the Dockerfile of the active editor, and says so when there is none.
 * The editor's own action for this gives up, without a word, when the cursor moves or a menu closes meanwhile.
 */
export async function fixAll(server: ServerConnection): Promise<void> {
  const editor = window.activeTextEditor;
  try {
    if (editor?.document.languageId !== 'dockerfile') throw new Error('no Dockerfile is the active editor');
    await server.client();
    if (!(await fixDocument(editor))) {
      void window.showInformationMessage('No finding in this Dockerfile has a safe fix.');
    }
  } catch (error) {
    void window.showErrorMessage(`Nothing was fixed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** False when nothing is to be fixed. */
async function fixDocument({ document }: TextEditor): Promise<boolean> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { version } = document;
    const fix = await fixOf(document);
    if (document.version !== version) continue;
    if (!fix?.edit) return false;
    if (await workspace.applyEdit(fix.edit)) return true;
  }
  throw new Error('the Dockerfile kept changing meanwhile');
}

async function fixOf(document: TextDocument): Promise<CodeAction | undefined> {
  const all = new Range(0, 0, document.lineCount, 0);
  const actions = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    all,
    kind,
  );
  return actions.find((action) => action.kind?.value === kind);
}
