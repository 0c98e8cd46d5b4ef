import type { Dirent } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disk } from './disk.ts';

/** What lies below a folder; paths are relative to it, with `/`. */
export interface Listing {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
  /** Folders left out (.git, node_modules, too large, not readable) and links that do not lead to a file. */
  readonly unread: ReadonlySet<string>;
}

export interface ListingLimits {
  /** A folder with more entries of its own is not taken in. */
  readonly perFolder: number;
  /** Once so many files are listed, the folders not yet reached are left out. */
  readonly total: number;
}

const usualLimits: ListingLimits = { perFolder: 20_000, total: 200_000 };

const skipped = new Set(['.git', 'node_modules']);

const leadsToFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

/**
 * Lists everything below a folder, level by level, so that what is near the root is known first when the limit cuts off
 * the rest. Links are entries of their folder and are never followed.
 */
export const listFolder = async (disk: Disk, root: string, limits: ListingLimits = usualLimits): Promise<Listing> => {
  const files = new Set<string>();
  const folders = new Set<string>();
  const unread = new Set<string>();

  const take = async (folder: string, entries: readonly Dirent[]): Promise<string[]> => {
    const inner: string[] = [];
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        folders.add(path);
        if (skipped.has(entry.name)) unread.add(path);
        else inner.push(path);
        continue;
      }
      files.add(path);
      if (entry.isSymbolicLink() && !(await leadsToFile(join(root, path)))) unread.add(path);
    }
    return inner;
  };

  let level = [''];
  while (level.length > 0) {
    const listed = await Promise.all(level.map((folder) => disk.list(join(root, folder))));
    const next: string[] = [];
    for (const [at, folder] of level.entries()) {
      const entries = listed[at];
      const fits = entries && entries.length <= limits.perFolder && files.size + entries.length <= limits.total;
      if (fits) next.push(...(await take(folder, entries)));
      else unread.add(folder);
    }
    level = next;
  }
  return { files, folders, unread };
};
