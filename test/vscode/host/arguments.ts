import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

/** What @vscode/test-electron says to the `code` program, as far as it matters here. Paths are absolute. */
export interface CodeArguments {
  readonly extension: string;
  readonly tests: string;
  readonly workspaceTrust: boolean;
  /** Folder or .code-workspace to open. */
  readonly target: string | undefined;
}

/** Throws when the extension or the tests are missing. */
export function parseArguments(words: readonly string[]): CodeArguments {
  const value = (name: string): string => {
    const prefix = `--${name}=`;
    const word = words.find((candidate) => candidate.startsWith(prefix));
    if (!word) throw new Error(`${prefix}… is missing`);
    return path.resolve(word.slice(prefix.length));
  };
  return {
    extension: value('extensionDevelopmentPath'),
    tests: value('extensionTestsPath'),
    // @vscode/test-electron always adds --disable-workspace-trust, so that switch says nothing.
    workspaceTrust: process.env.GO_DOCKERFILE_TEST_WINDOW === 'restricted',
    target: words.find((word) => path.isAbsolute(word) && existsSync(word)),
  };
}

/** The address of the workbench with the folder or workspace open. */
export function workbenchUrl(port: number, target: string | undefined): string {
  const query = new URLSearchParams({
    payload: JSON.stringify([
      ['skipWelcome', 'true'],
      ['skipReleaseNotes', 'true'],
    ]),
  });
  if (target === undefined) query.set('ew', 'true');
  else query.set(statSync(target).isDirectory() ? 'folder' : 'workspace', target);
  return `http://127.0.0.1:${port}/?${query}`;
}
