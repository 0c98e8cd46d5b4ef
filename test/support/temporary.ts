import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

/**
 * A new folder, and until `restore` also this process's own place for temporary files: so that a test sees its own ones
 * alone, whatever else runs on the machine. `restore` removes it.
 */
export function temporaryFolder(prefix: string): { readonly folder: string; readonly restore: () => void } {
  const { TMPDIR } = process.env;
  const folder = mkdtempSync(path.join(tmpdir(), prefix));
  process.env.TMPDIR = folder;
  const restore = (): void => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, restore };
}
