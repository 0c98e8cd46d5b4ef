import { join } from 'node:path';
import type { Disk } from './disk.ts';
import type { Listing } from './listing.ts';

/**
 * Folders that hold generated files by what a .gitignore says: it names files in them (`/docs/swagger.json`), which is
 * no use for a folder that is never there. Relative to the .gitignore, with `/`.
 */
const foldersNamed = (text: string): readonly string[] =>
  text.split(/\r?\n/).flatMap((whole) => {
    const line = whole.trim();
    if (line === '' || /^[#!]/.test(line)) return [];
    const segments = line.split('/').filter((segment) => segment !== '');
    const folders = segments.slice(0, -1);
    const last = segments.at(-1) ?? '';
    // `bin/*` hides a folder as `bin` does: programs lie there, and others may build them.
    return folders.length === 0 || /^\*+$/.test(last) || folders.some((segment) => /[*?[]/.test(segment))
      ? []
      : [folders.join('/')];
  });

/**
 * Folders of a context (absolute) that are missing, and that a developer's tools make before the image is built.
 * `repository` is the context's path in its repository.
 */
export const generatedFolders = async (
  disk: Disk,
  root: string,
  repository: string,
  { files, folders }: Listing,
): Promise<readonly string[]> => {
  const above = repository === '' ? '' : `${repository}/`;
  const named = (folder: string): Promise<readonly string[]> =>
    disk.read(join(folder, '.gitignore'), foldersNamed).then((found) => found ?? []);
  const own = await named(root);
  const ofRepository = above === '' ? [] : await named(join(root, ...repository.split('/').map(() => '..')));
  const all = [...own, ...ofRepository.flatMap((path) => (path.startsWith(above) ? [path.slice(above.length)] : []))];
  return [...new Set(all)].filter((path) => !folders.has(path) && !files.has(path));
};
