import path from 'node:path';
import { commands, Disposable, workspace } from 'vscode';

/** Go's own habit of folders that hold other people's modules or test data. */
export const foreignFolders = '**/{vendor,node_modules,testdata,.git}/**';
const limit = 500;

/** Keeps the context key with the folders of go.mod files, for the Explorer's menu. */
export function watchModuleFolders(): Disposable {
  const update = async (): Promise<void> => {
    const modules = await workspace.findFiles('**/{go.mod,go.work}', foreignFolders, limit);
    const folders = modules.flatMap((uri) => [path.dirname(uri.fsPath), path.posix.dirname(uri.path)]);
    await commands.executeCommand('setContext', 'goDockerfile.moduleFolders', [...new Set(folders)]);
  };
  const watcher = workspace.createFileSystemWatcher('**/{go.mod,go.work}', false, true, false);
  const subscriptions = [
    watcher,
    watcher.onDidCreate(update),
    watcher.onDidDelete(update),
    workspace.onDidChangeWorkspaceFolders(update),
  ];
  void update();
  return Disposable.from(...subscriptions);
}
