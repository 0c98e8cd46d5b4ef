import assert from 'node:assert/strict';
import path from 'node:path';
import { type TextEditor, Uri, ViewColumn, window, workspace } from 'vscode';

/** Address of a file of the opened test workspace, relative to its first folder. */
export function fileUri(relative: string): Uri {
  const folder = workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return Uri.joinPath(folder.uri, relative);
}

/** Address of a file of the workspace folder with this name. */
export function fileIn(folderName: string, relative: string): Uri {
  const folder = workspace.workspaceFolders?.find(({ name }) => name === folderName);
  assert.ok(folder, `no folder ${folderName} is open`);
  return Uri.joinPath(folder.uri, relative);
}

/** Opens the file in the first column; a text is relative to the first folder. */
export const openFile = (file: string | Uri): Thenable<TextEditor> =>
  window.showTextDocument(typeof file === 'string' ? fileUri(file) : file, {
    preview: false,
    viewColumn: ViewColumn.One,
  });

/** The text on disk. */
export const readText = async (uri: Uri): Promise<string> => new TextDecoder().decode(await workspace.fs.readFile(uri));

/** Asks again and again until the answer is something; fails with `what` after `seconds`. */
export async function until<T>(
  what: string,
  answer: () => T | undefined | false | PromiseLike<T | undefined | false>,
  seconds = 20,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await answer();
    if (value !== undefined && value !== false) return value;
    assert.ok(Date.now() < end, `${what}: not within ${seconds} s`);
    await new Promise<void>((resolve) => setTimeout(resolve, 50));
  }
}

/** Absolute path of a picture in out/screenshots/. */
export const screenshotPath = (name: string): string =>
  path.join(process.env.GO_DOCKERFILE_SCREENSHOTS ?? '', `${name}.png`);
