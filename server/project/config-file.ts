import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type ConfigReading, configNames } from '../analysis/config-file.ts';
import { foldersAbove } from './context.ts';
import type { Disk } from './disk.ts';

/** A configuration file (absolute path) and what it says. */
export interface ConfigFile extends ConfigReading {
  readonly file: string;
}

/**
 * The configuration file of a Dockerfile: the nearest one beside it or in a folder above, up to the workspace's folder,
 * the repository's or the topmost Go module. Undefined without one; rejects where one cannot be read.
 */
export const findConfigFile = async (
  disk: Disk,
  dockerfile: string,
  workspaceFolder: string | undefined,
): Promise<ConfigFile | undefined> => {
  const workspace = workspaceFolder === undefined ? undefined : resolve(workspaceFolder);
  for (const folder of await foldersAbove(disk, dirname(resolve(dockerfile)), workspace)) {
    for (const name of configNames) {
      if (!(await disk.has(folder, name))) continue;
      const file = join(folder, name);
      const text = await readFile(file, 'utf8').catch(notThere);
      if (text === undefined) continue;
      // Loaded late: few have such a file, and the library is as large as all rules.
      const { parseConfigFile } = await import('./config-text.ts');
      return { file, ...parseConfigFile(text) };
    }
  }
  return undefined;
};

const notThere = (error: NodeJS.ErrnoException): undefined => {
  if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(error.code ?? '')) return undefined;
  throw error;
};
