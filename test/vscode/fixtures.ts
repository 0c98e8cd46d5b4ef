import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A copy of test/vscode/fixtures, as the tests write into it. */
export interface Fixtures {
  /** Absolute. */
  readonly folder: string;
  readonly remove: () => void;
}

/** Makes the copy in the system's folder for temporary files. */
export function copyFixtures(): Fixtures {
  const made = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'go-dockerfile-fixtures-')));
  const folder = path.join(made, 'projects');
  cpSync(path.join(import.meta.dirname, 'fixtures'), folder, { recursive: true });
  return { folder, remove: () => rmSync(made, { recursive: true, force: true, maxRetries: 3 }) };
}
