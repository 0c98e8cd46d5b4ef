import { join } from 'node:path';
import type { GoFile, GoModule, GoPackage } from '../analysis/go/project-facts.ts';
import type { Disk } from './disk.ts';
import { parseGoFile } from './go-file.ts';
import type { Listing } from './listing.ts';
import { inside, parentOf, prefixes } from './paths.ts';

/** True for a source that `go build` looks at. */
export const isSource = (name: string): boolean => name.endsWith('.go') && !/^[._]|_test\.go$/.test(name);

const leftOut = (segment: string): boolean => segment === 'testdata' || segment === 'vendor' || /^[._]/.test(segment);

const sourcesByFolder = (listing: Listing): Map<string, string[]> => {
  const sources = new Map<string, string[]>();
  for (const path of listing.files) {
    if (!path.endsWith('.go')) continue;
    const dir = parentOf(path);
    const name = dir === '' ? path : path.slice(dir.length + 1);
    if (!isSource(name) || listing.unread.has(path)) continue;
    const known = sources.get(dir);
    if (known) known.push(name);
    else sources.set(dir, [name]);
  }
  return sources;
};

/** A vendor folder or the module cache: other people's code, of which the heads are enough. Says the same of a path always. */
const holdsOthers = (folder: string): boolean => /[\\/]vendor[\\/]|@v\d/.test(`${folder}/`);

/** The named sources of a folder (absolute); those that cannot be read or have no package clause are left out. */
export const readSources = async (disk: Disk, folder: string, names: readonly string[]): Promise<GoFile[]> => {
  const reads = holdsOthers(folder) ? 'head' : 'code';
  const read = (name: string): Promise<GoFile | undefined> =>
    disk.read(join(folder, name), (text) => parseGoFile(name, text, reads));
  const files = await Promise.all(names.map(read));
  return files.filter((file) => file !== undefined).filter((file) => file.packageName !== '');
};

const moduleOf = (byDir: ReadonlyMap<string, GoModule>, dir: string): GoModule | undefined =>
  [...(dir === '' ? [] : prefixes(dir)), ''].map((prefix) => byDir.get(prefix)).find((module) => module !== undefined);

/** Packages of the context's own modules, by import path, read from every folder that Go would look into. */
export const readOwnPackages = async (
  disk: Disk,
  root: string,
  listing: Listing,
  modules: readonly GoModule[],
): Promise<Map<string, GoPackage>> => {
  const byDir = new Map(modules.map((module) => [module.dir, module]));
  const read = async ([dir, names]: [string, string[]]): Promise<GoPackage | undefined> => {
    const module = dir.split('/').some(leftOut) ? undefined : moduleOf(byDir, dir);
    const path = module?.mod.path;
    if (module === undefined || path === undefined) return undefined;
    const files = await readSources(disk, join(root, dir), names.sort());
    const rest = module.dir === '' ? dir : dir.slice(module.dir.length + 1);
    return { importPath: inside(path, rest), module: path, dir, files };
  };
  const packages = await Promise.all([...sourcesByFolder(listing)].map(read));
  const found = packages.filter((known) => known !== undefined).filter(({ files }) => files.length > 0);
  return new Map(found.map((known) => [known.importPath, known]));
};
