import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A copy of test/vscode/fixtures, as the tests write into it. */
export interface Fixtures {
  /** Folder with several Go projects, absolute. */
  readonly folder: string;
  /** Workspace file of two of them, absolute; outside the folder, or VS Code would offer to open it. */
  readonly workspace: string;
  readonly remove: () => void;
}

/** Makes the copy in the system's folder for temporary files. */
export function copyFixtures(): Fixtures {
  const made = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'go-dockerfile-fixtures-')));
  cpSync(path.join(import.meta.dirname, 'fixtures'), made, { recursive: true });
  const [folder, workspace] = [path.join(made, 'projects'), path.join(made, 'two.code-workspace')];
  return { folder, workspace, remove: () => rmSync(made, { recursive: true, force: true, maxRetries: 3 }) };
}
