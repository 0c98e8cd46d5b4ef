import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const dockerfileName = /^(?:(?:dockerfile|containerfile)(?:\..+)?|.+\.(?:dockerfile|containerfile))$/i;

/** `Dockerfile-for-frps`, `Dockerfile_dev`; in small letters these are programs and packages (`dockerfile-lint`). */
const variantName = /^(?:Dockerfile|Containerfile)[-_][\w-]+$/;

const skipped = new Set(['node_modules', 'vendor', '.git']);

/**
 * True for the names that VS Code opens as a Dockerfile, whatever their case, and for `Dockerfile` with a suffix behind a
 * hyphen or an underscore; ignore files and sources such as `Dockerfile-parser.go` are none.
 */
export const isDockerfileName = (name: string): boolean =>
  variantName.test(name) || (dockerfileName.test(name) && !name.toLowerCase().endsWith('.dockerignore'));

/** The same of a path below a folder (with `/`), unless it lies in one of those that `findDockerfiles` skips. */
export const isDockerfilePath = (path: string): boolean => {
  const folders = path.split('/');
  return isDockerfileName(folders.pop() ?? '') && !folders.some((folder) => skipped.has(folder));
};

/**
 * Absolute or relative paths (as `folder` is) of all Dockerfiles below a folder, sorted. node_modules, vendor and .git are
 * skipped, symbolic links to folders are not followed, what is neither file nor link (a pipe) is none, a subfolder that cannot be listed is passed over. Rejects when `folder` itself
 * cannot be listed.
 */
export const findDockerfiles = async (folder: string): Promise<string[]> => {
  const found: string[] = [];
  const folders: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name)) folders.push(path);
    } else if (isDockerfileName(entry.name) && (entry.isFile() || entry.isSymbolicLink())) found.push(path);
  }
  for (const inner of folders) found.push(...(await findDockerfiles(inner).catch(() => [])));
  return found.sort();
};
