import path from 'node:path';
import { commands, Disposable, FileType, RelativePattern, Uri, window, workspace } from 'vscode';
import {
  clientCommands,
  type GenerateChoices,
  type GeneratedFiles,
  type GeneratePlan,
  serverCommands,
} from '../server/protocol.ts';
import { pickChoices } from './generate-choices.ts';
import { registerGeneratedDocuments, writeGenerated } from './generated-files.ts';
import type { ServerConnection } from './language-client.ts';
import { foreignFolders } from './module-folders.ts';

/** Answers given beforehand, by a key binding or a test: no question is asked. */
interface GenerateOptions {
  /** Absolute folder with the go.mod. */
  readonly folder: string;
  /** What differs from the recommendation. */
  readonly choices?: Partial<GenerateChoices>;
}

/** Registers the wizard; its argument is nothing, a folder or go.mod of the Explorer, or `GenerateOptions`. */
export function registerGenerateWizard(server: ServerConnection): Disposable {
  const documents = registerGeneratedDocuments();
  const generate = async (target?: unknown): Promise<void> => {
    const folder = isOptions(target) ? target.folder : await folderOf(target);
    if (folder === undefined) return;
    const plan = await ask<GeneratePlan>(server, serverCommands.plan, { folder });
    const choices = isOptions(target) ? { ...plan.recommended, ...target.choices } : await pickChoices(plan);
    if (!choices) return;
    const request = { folder: plan.folder, choices };
    const files = await ask<GeneratedFiles>(server, serverCommands.generate, request);
    await writeGenerated(documents, Uri.file(plan.folder), files);
  };
  const command = async (target?: unknown): Promise<void> => {
    try {
      await generate(target);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      void window.showErrorMessage(`No Dockerfile was generated: ${reason}`);
    }
  };
  return Disposable.from(documents, commands.registerCommand(clientCommands.generate, command));
}

const isOptions = (target: unknown): target is GenerateOptions =>
  typeof target === 'object' && target !== null && 'folder' in target && typeof target.folder === 'string';

async function ask<T>(server: ServerConnection, command: string, argument: object): Promise<T> {
  const client = await server.client();
  return client.sendRequest<T>('workspace/executeCommand', { command, arguments: [argument] });
}

/** Absolute; undefined when the user gave up or no folder is open. */
async function folderOf(target: unknown): Promise<string | undefined> {
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
