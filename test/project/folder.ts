import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Writes files (path to text; a path that ends with `/` is a folder) into a new folder, runs a test there and removes it. */
export const inFolder = async (
  files: Readonly<Record<string, string>>,
  test: (folder: string) => Promise<void>,
): Promise<void> => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'go-dockerfile-')));
  try {
    await writeFiles(folder, files);
    await test(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Writes files below a folder. */
export const writeFiles = async (folder: string, files: Readonly<Record<string, string>>): Promise<void> => {
  for (const [path, text] of Object.entries(files)) {
    const full = join(folder, path);
    await mkdir(path.endsWith('/') ? full : dirname(full), { recursive: true });
    if (!path.endsWith('/')) await writeFile(full, text);
  }
};
