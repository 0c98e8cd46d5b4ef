import type { Disk } from './disk.ts';
import { below } from './ignore-file.ts';
import { listFolder } from './listing.ts';

/** What a repository may have for its nested modules to be looked at: more is not known. */
const limits = { perFolder: 2000, total: 5000 };

const foldersOf = (path: string): readonly string[] => {
  const parts = path.split('/').filter((part) => part !== '');
  return parts.map((_, end) => parts.slice(0, end).join('/'));
};

/** Answers for a context (absolute) whether a folder above it, up to `top`, has or may have something at a path below that folder. */
export const outerFolders = async (disk: Disk, root: string, top: string): Promise<(path: string) => boolean> => {
  const { files, folders, unread } = await listFolder(disk, top, limits);
  const above = foldersOf(below(top, root) ?? '');
  const mayHave = (path: string): boolean =>
    files.has(path) || folders.has(path) || [path, ...foldersOf(path)].some((each) => unread.has(each));
  return (path) => above.some((folder) => mayHave(folder === '' ? path : `${folder}/${path}`));
};
