import { join } from 'node:path';
import type { GoPackage } from '../analysis/go/project-facts.ts';
import type { Disk } from './disk.ts';
import type { ModuleSources } from './module-sources.ts';
import { isSource, readSources } from './own-packages.ts';
import { prefixes } from './paths.ts';

interface Place {
  readonly module: string;
  readonly folder: string;
}

interface Wanted {
  readonly importPath: string;
  readonly sources: ModuleSources;
}

/** Where a package may lie, the likeliest first: vendor/ alone when there is one, else the longest module path. */
const placesOf = (importPath: string, { vendor, vendored, folders }: ModuleSources): Place[] => {
  const paths = prefixes(importPath);
  if (vendor) {
    const module = paths.find((path) => vendored.has(path));
    return module === undefined ? [] : [{ module, folder: join(vendor, importPath) }];
  }
  return paths.flatMap((module) => {
    const folder = folders.get(module);
    return folder === undefined ? [] : [{ module, folder: join(folder, importPath.slice(module.length)) }];
  });
};

const readPackage = async (disk: Disk, { importPath, sources }: Wanted): Promise<GoPackage | undefined> => {
  for (const { module, folder } of placesOf(importPath, sources)) {
    const entries = (await disk.list(folder)) ?? [];
    const names = entries.filter((entry) => !entry.isDirectory() && isSource(entry.name)).map(({ name }) => name);
    if (names.length === 0) continue;
    const files = await readSources(disk, folder, names);
    if (files.length > 0) return { importPath, module, dir: undefined, files };
  }
  return undefined;
};

const importsOf = ({ files }: GoPackage): string[] => files.flatMap(({ imports }) => imports);

const isMain = ({ files }: GoPackage): boolean => files.some(({ packageName }) => packageName === 'main');

/**
 * Packages of other modules that the own main packages reach, whatever the build tags, level by level. A package whose
 * sources are not on this machine is absent, and so is the standard library. A module is built with `sourcesOf` its path.
 */
export const readImportClosure = async (
  disk: Disk,
  own: ReadonlyMap<string, GoPackage>,
  sourcesOf: (module: string) => ModuleSources | undefined,
): Promise<Map<string, GoPackage>> => {
  const found = new Map<string, GoPackage>();
  const seen = new Set<string>();
  const want = (known: GoPackage, sources: ModuleSources | undefined, into: Wanted[]): void => {
    for (const importPath of sources ? importsOf(known) : []) {
      if (sources === undefined || seen.has(importPath)) continue;
      seen.add(importPath);
      const inner = own.get(importPath);
      if (inner) want(inner, sources, into);
      else into.push({ importPath, sources });
    }
  };
  let level: Wanted[] = [];
  for (const known of own.values()) if (isMain(known)) want(known, sourcesOf(known.module), level);
  while (level.length > 0) {
    const packages = await Promise.all(level.map((wanted) => readPackage(disk, wanted)));
    const next: Wanted[] = [];
    for (const [at, known] of packages.entries()) {
      if (!known) continue;
      found.set(known.importPath, known);
      want(known, level[at]?.sources, next);
    }
    level = next;
  }
  return found;
};
