import { existsSync } from 'node:fs';
import path from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** An absolute path: what CHROMIUM names, else a Chromium-like browser of the PATH. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM;
  return named && existsSync(named) ? named : onPath(names);
}

/** Absolute path of a desktop VS Code: what VSCODE_EXECUTABLE names, else `code` of the PATH. */
export const findDesktop = (): string | undefined =>
  process.env.VSCODE_EXECUTABLE ?? onPath(process.platform === 'win32' ? ['code.cmd'] : ['code']);

/** The first of the programs that is in a folder of the PATH. */
function onPath(programs: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const files = programs.flatMap((program) => folders.map((folder) => path.join(folder, program)));
  return files.find((file) => existsSync(file));
}
