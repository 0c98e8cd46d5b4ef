import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Environment } from './engine-model.ts';

/** Where desktop engines put their clients; an editor started from the dock does not have these on its PATH. */
const macFolders = ['/usr/local/bin', '/opt/homebrew/bin', '/Applications/Docker.app/Contents/Resources/bin'] as const;

/** Every program of this name on the PATH, in order, each real file once. */
export function programsNamed(name: string, environment: Environment): readonly string[] {
  const found = new Map<string, string>();
  for (const folder of searchFolders(environment)) {
    for (const extension of process.platform === 'win32' ? ['.exe'] : ['']) {
      const file = path.join(folder, name + extension);
      const real = executable(file);
      if (real !== undefined && !found.has(real)) found.set(real, file);
    }
  }
  return [...found.values()];
}

function searchFolders(environment: Environment): readonly string[] {
  const key = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH');
  const onPath = ((key && environment[key]) || '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return process.platform === 'darwin' ? [...onPath, ...macFolders] : onPath;
}

function executable(file: string): string | undefined {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile() ? realpathSync(file) : undefined;
  } catch {
    return undefined;
  }
}
