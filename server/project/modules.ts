import { join } from 'node:path';
import { parseGoMod, parseGoWork, parseVendorModules } from '../analysis/go/go-mod.ts';
import type { GoModule, GoWorkspace } from '../analysis/go/project-facts.ts';
import type { Disk } from './disk.ts';
import type { Listing } from './listing.ts';
import { inside, parentOf } from './paths.ts';

const foldersWith = (listing: Listing, name: string): string[] =>
  [...listing.files]
    .filter((path) => path === name || path.endsWith(`/${name}`))
    .map(parentOf)
    .filter((dir) => !`/${dir}/`.includes('/vendor/'))
    .sort();

const readModule = async (disk: Disk, root: string, listing: Listing, dir: string): Promise<GoModule> => {
  const at = (name: string): string => inside(dir, name);
  const mod = await disk.read(join(root, at('go.mod')), parseGoMod);
  const vendored = listing.folders.has(at('vendor'))
    ? await disk.read(join(root, at('vendor/modules.txt')), parseVendorModules)
    : undefined;
  return { dir, mod: mod ?? parseGoMod(''), hasGoSum: listing.files.has(at('go.sum')), vendored };
};

/** Every go.mod of the context but those below vendor/, by folder. */
export const readModules = (disk: Disk, root: string, listing: Listing): Promise<GoModule[]> =>
  Promise.all(foldersWith(listing, 'go.mod').map((dir) => readModule(disk, root, listing, dir)));

const depth = (dir: string): number => (dir === '' ? 0 : dir.split('/').length);

/** The go.work nearest to the context's root. One above the context is not looked at: the build cannot see it. */
export const readWorkspace = async (disk: Disk, root: string, listing: Listing): Promise<GoWorkspace | undefined> => {
  const [dir] = foldersWith(listing, 'go.work').sort((a, b) => depth(a) - depth(b));
  if (dir === undefined) return undefined;
  const work = await disk.read(join(root, inside(dir, 'go.work')), parseGoWork);
  return work && { dir, go: work.go, uses: work.uses };
};
