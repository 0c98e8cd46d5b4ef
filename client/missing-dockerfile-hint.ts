import path from 'node:path';
import { Disposable, FileType, languages, RelativePattern, type TextDocument, Uri, window, workspace } from 'vscode';
import { clientCommands } from '../server/protocol.ts';
import { foreignFolders } from './module-folders.ts';

/** The names that VS Code opens as a Dockerfile. */
export const dockerfiles =
  '**/{Dockerfile,Containerfile,dockerfile,Dockerfile.*,Containerfile.*,*.dockerfile,*.Dockerfile,*.containerfile}';

/** In the language status of Go files and go.mod: a Go program whose folder holds no Dockerfile. Never a notification. */
export function registerMissingDockerfileHint(): Disposable {
  const item = languages.createLanguageStatusItem('goDockerfile.missing', []);
  item.name = 'Go Dockerfile';
  item.text = 'No Dockerfile';
  const update = async (): Promise<void> => {
    const document = window.activeTextEditor?.document;
    const module = document && isGoFile(document) ? await moduleWithoutDockerfile(document.uri) : undefined;
    if (document !== window.activeTextEditor?.document) return;
    item.selector = module ? [{ language: 'go' }, { pattern: '**/go.mod' }] : [];
    item.command = module && { title: 'Generate', command: clientCommands.generate, arguments: [module] };
  };
  const watcher = workspace.createFileSystemWatcher(dockerfiles, false, true, false);
  void update();
  return Disposable.from(
    item,
    watcher,
    watcher.onDidCreate(update),
    watcher.onDidDelete(update),
    window.onDidChangeActiveTextEditor(update),
  );
}

const isGoFile = (document: TextDocument): boolean =>
  document.languageId === 'go' || path.posix.basename(document.uri.path) === 'go.mod';

/** The nearest folder with a go.mod, when it has a program and no Dockerfile of the workspace folder can be its own. */
async function moduleWithoutDockerfile(file: Uri): Promise<Uri | undefined> {
  const root = workspace.getWorkspaceFolder(file);
  if (!root) return undefined;
  const module = await nearestModule(file, root.uri);
  if (!module) return undefined;
  const existing = await workspace.findFiles(new RelativePattern(root, dockerfiles), foreignFolders, 100);
  const owners = await Promise.all(existing.map((uri) => nearestModule(uri, root.uri)));
  // One that lies in no module may be for any of them.
  if (owners.some((owner) => !owner || owner.path === module.path)) return undefined;
  const [program] = await workspace.findFiles(new RelativePattern(module, '**/main.go'), foreignFolders, 1);
  return program && module;
}

async function nearestModule(file: Uri, root: Uri): Promise<Uri | undefined> {
  for (let folder = Uri.joinPath(file, '..'); ; folder = Uri.joinPath(folder, '..')) {
    if (await isFile(Uri.joinPath(folder, 'go.mod'))) return folder;
    if (folder.path.length <= root.path.length) return undefined;
  }
}

/** False as well when nothing is there. */
const isFile = async (uri: Uri): Promise<boolean> => {
  try {
    return (await workspace.fs.stat(uri)).type === FileType.File;
  } catch {
    return false;
  }
};
