import path from 'node:path';
import { commands, type Disposable, FileType, type Memento, RelativePattern, Uri, window, workspace } from 'vscode';
import {
  clientCommands,
  type GenerateChoices,
  type GeneratedFiles,
  type GeneratePlan,
  serverCommands,
} from '../server/protocol.ts';
import { askChoices, rememberChoices } from './generate-choices.ts';
import { allFiles, type GeneratedDocuments, writeGenerated } from './generated-files.ts';
import type { ServerConnection } from './language-client.ts';
import { foreignFolders } from './module-folders.ts';
import { reviewFiles } from './review.ts';

/** Answers given beforehand, by a key binding or a test: no question is asked. */
interface GenerateOptions {
  /** Absolute folder with the go.mod. */
  readonly folder: string;
  /** What differs from the recommendation. */
  readonly choices?: Partial<GenerateChoices>;
}

/** Registers the wizard; its argument is nothing, a folder, go.mod or Dockerfile, its address as text, or `GenerateOptions`. */
export function registerGenerateWizard(
  server: ServerConnection,
  documents: GeneratedDocuments,
  memento: Memento,
): Disposable {
  const remembered = rememberChoices(memento);
  const planOf = (folder: string, main?: string): Promise<GeneratePlan> =>
    ask<GeneratePlan>(server, serverCommands.plan, { folder, main });
  const filesOf = (folder: string, choices: Partial<GenerateChoices>): Promise<GeneratedFiles> =>
    ask<GeneratedFiles>(server, serverCommands.generate, {
      folder,
      choices: { ...choices, port: choices.port ?? null },
    });
  const answered = async ({ folder, choices }: GenerateOptions): Promise<void> => {
    const plan = await planOf(folder, choices?.main);
    await writeGenerated(documents, Uri.file(folder), await filesOf(folder, { ...plan.recommended, ...choices }));
  };
  const generate = async (target?: unknown): Promise<void> => {
    if (isOptions(target)) return answered(target);
    const folder = await folderOf(target);
    if (folder === undefined) return;
    const first = await planOf(folder);
    await askChoices(
      first,
      remembered,
      (main) => planOf(folder, main),
      async ({ plan, choices }, position) => {
        const files = allFiles(await filesOf(folder, choices));
        const placed = files.map((file) => ({ ...file, uri: Uri.joinPath(Uri.file(folder), file.path) }));
        return reviewFiles(documents, placed, plan.findings, position);
      },
    );
  };
  const command = async (target?: unknown): Promise<void> => {
    try {
      await generate(target);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      void window.showErrorMessage(`No Dockerfile was generated: ${reason}`);
    }
  };
  return commands.registerCommand(clientCommands.generate, command);
}

const isOptions = (target: unknown): target is GenerateOptions =>
  typeof target === 'object' && target !== null && 'folder' in target && typeof target.folder === 'string';

async function ask<T>(server: ServerConnection, command: string, argument: object): Promise<T> {
  const client = await server.client();
  return client.sendRequest<T>('workspace/executeCommand', { command, arguments: [argument] });
}

/** Absolute; undefined when the user gave up or no folder is open. */
async function folderOf(target: unknown): Promise<string | undefined> {
  // What a code lens gives.
  if (typeof target === 'string') return folderOf(Uri.parse(target));
  if (target instanceof Uri) return (await isFolder(target)) ? target.fsPath : path.dirname(target.fsPath);
  const folders = await moduleFolders();
  if (folders.length <= 1) return folders[0] ?? workspace.workspaceFolders?.[0]?.uri.fsPath;
  const items = folders.map((folder) => ({ label: workspace.asRelativePath(folder, true), folder }));
  const title = 'Generate Go Dockerfile';
  return (await window.showQuickPick(items, { title, placeHolder: 'For which Go module?' }))?.folder;
}

const isFolder = async (uri: Uri): Promise<boolean> => (await workspace.fs.stat(uri)).type === FileType.Directory;

/** Those of the active file's workspace folder when there is one; sorted, absolute. */
async function moduleFolders(): Promise<readonly string[]> {
  const active = window.activeTextEditor && workspace.getWorkspaceFolder(window.activeTextEditor.document.uri);
  const pattern = active ? new RelativePattern(active, '**/go.mod') : '**/go.mod';
  const modules = await workspace.findFiles(pattern, foreignFolders, 50);
  return modules.map((uri) => path.dirname(uri.fsPath)).sort();
}
