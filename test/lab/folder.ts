import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Files } from '../support/project.ts';

/** Writes files into a folder; their own folders are made. */
export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(resolve(folder, path)), { recursive: true });
    await writeFile(resolve(folder, path), text);
  }
}

/** Makes a folder anew, with these files and nothing else. */
export async function writeFolder(folder: string, files: Files): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await writeFiles(folder, files);
}
