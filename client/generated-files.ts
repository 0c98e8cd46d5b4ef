import { commands, EventEmitter, Range, Uri, ViewColumn, WorkspaceEdit, window, workspace } from 'vscode';
import type { GeneratedFile, GeneratedFiles } from '../server/protocol.ts';

const scheme = 'go-dockerfile-generated';

/** Generated texts that are shown only as one side of a diff. */
export interface GeneratedDocuments {
  /** The address under which VS Code reads the text; replaces an earlier text for the same file. */
  readonly put: (file: Uri, text: string) => Uri;
  /** Whether `put` gave the address. */
  readonly isOurs: (uri: Uri) => boolean;
  readonly dispose: () => void;
}

/** Registers the read-only documents; they live as long as the window. */
export function registerGeneratedDocuments(): GeneratedDocuments {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const registration = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
  });
  return {
    put: (file, text) => {
      const uri = file.with({ scheme });
      texts.set(uri.toString(), text);
      changed.fire(uri);
      return uri;
    },
    isOurs: (uri) => uri.scheme === scheme,
    dispose: () => {
      registration.dispose();
      changed.dispose();
    },
  };
}

/** All files, the Dockerfile first. */
export const allFiles = ({ dockerfile, dockerignore, beside }: GeneratedFiles): readonly GeneratedFile[] => [
  { path: 'Dockerfile', text: dockerfile },
  { path: '.dockerignore', text: dockerignore },
  ...beside,
];

/** Writes what does not exist yet and shows a diff for what does. Never overwrites. Throws when a file cannot be written. */
export async function writeGenerated(documents: GeneratedDocuments, folder: Uri, files: GeneratedFiles): Promise<void> {
  const [dockerfile, ...others] = allFiles(files);
  for (const { path, text } of others) {
    await writeOrCompare(documents, Uri.joinPath(folder, path), text, ViewColumn.Beside);
  }
  if (dockerfile) {
    await writeOrCompare(documents, Uri.joinPath(folder, dockerfile.path), dockerfile.text, ViewColumn.One);
  }
}

async function writeOrCompare(
  documents: GeneratedDocuments,
  file: Uri,
  text: string,
  column: ViewColumn,
): Promise<void> {
  const existing = await textOf(file);
  if (existing === text) return;
  if (existing !== undefined) {
    const title = `${workspace.asRelativePath(file)}: yours ↔ generated`;
    const options = { viewColumn: ViewColumn.One, preview: false };
    await commands.executeCommand('vscode.diff', file, documents.put(file, text), title, options);
    return;
  }
  await writeFile(file, text);
  await window.showTextDocument(file, { viewColumn: column, preview: false });
}

/** Makes the file, or replaces all of its text in a way that can be undone, and saves it. Throws when it cannot. */
export async function writeFile(file: Uri, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  const existing = await textOf(file);
  if (existing === undefined) edit.createFile(file, { overwrite: false, contents: new TextEncoder().encode(text) });
  else edit.replace(file, new Range(0, 0, existing.split('\n').length, 0), text);
  if (!(await workspace.applyEdit(edit))) throw new Error(`${file.fsPath} could not be written`);
  if (existing !== undefined) await (await workspace.openTextDocument(file)).save();
}

/** Undefined when the file does not exist; any other failure throws. */
export async function textOf(file: Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(file));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}
