import { commands, EventEmitter, Uri, ViewColumn, WorkspaceEdit, window, workspace } from 'vscode';
import type { GeneratedFiles } from '../server/protocol.ts';

const scheme = 'go-dockerfile-generated';

/** Generated texts that are shown only as one side of a diff. */
export interface GeneratedDocuments {
  /** The address under which VS Code reads the text; replaces an earlier text for the same file. */
  readonly put: (file: Uri, text: string) => Uri;
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
    dispose: () => {
      registration.dispose();
      changed.dispose();
    },
  };
}

/** Writes what does not exist yet and shows a diff for what does. Never overwrites. Throws when a file cannot be written. */
export async function writeGenerated(documents: GeneratedDocuments, folder: Uri, files: GeneratedFiles): Promise<void> {
  const dockerignore = Uri.joinPath(folder, '.dockerignore');
  const dockerfile = Uri.joinPath(folder, 'Dockerfile');
  await writeOrCompare(documents, dockerignore, files.dockerignore, ViewColumn.Beside);
  await writeOrCompare(documents, dockerfile, files.dockerfile, ViewColumn.One);
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
    const name = workspace.asRelativePath(file);
    const options = { viewColumn: ViewColumn.One, preview: false };
    await commands.executeCommand(
      'vscode.diff',
      file,
      documents.put(file, text),
      `${name}: yours ↔ generated`,
      options,
    );
    return;
  }
  const edit = new WorkspaceEdit();
  edit.createFile(file, { overwrite: false, contents: new TextEncoder().encode(text) });
  if (!(await workspace.applyEdit(edit))) throw new Error(`${file.fsPath} could not be written`);
  await window.showTextDocument(file, { viewColumn: column, preview: false });
}

/** Undefined when the file does not exist; any other failure throws. */
async function textOf(file: Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(file));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}
