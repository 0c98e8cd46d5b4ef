import { resolve } from 'node:path';
import type { GoModule, ProjectFacts } from '../analysis/go/project-facts.ts';
import { callerIn, findCallers } from './callers/find.ts';
import { type Around, surroundings } from './context.ts';
import { createDisk, type Disk } from './disk.ts';
import { generatedFiles } from './generated-files.ts';
import { below, readIgnoreRules } from './ignore-file.ts';
import { readImportClosure } from './import-closure.ts';
import { type Listing, type ListingLimits, listFolder } from './listing.ts';
import { type Environment, type ModuleSources, moduleCache, moduleSources } from './module-sources.ts';
import { readModules, readWorkspace } from './modules.ts';
import { outerFolders } from './outer-folders.ts';
import { readOwnPackages } from './own-packages.ts';

/** What is known of a context whichever Dockerfile builds it. */
export interface ContextReading extends Omit<ProjectFacts, 'context'> {
  readonly listing: Listing;
  readonly around: Around;
  readonly mayLieAbove: ((path: string) => boolean) | undefined;
}

export interface ReadOptions {
  /** GOMODCACHE and GOPATH; the process's own by default. */
  readonly env?: Environment;
  readonly limits?: ListingLimits;
}

/** Reads a context folder (absolute). A folder that cannot be listed has empty facts. */
export const readContext = async (disk: Disk, root: string, options: ReadOptions = {}): Promise<ContextReading> => {
  const listing = await listFolder(disk, root, options.limits);
  const [modules, workspace, around] = await Promise.all([
    readModules(disk, root, listing),
    readWorkspace(disk, root, listing),
    surroundings(disk, root),
  ]);
  const own = await readOwnPackages(disk, root, listing, modules);
  const cache = moduleCache(options.env ?? process.env);
  const sourcesOf = (module: GoModule): [string, ModuleSources] => [
    module.mod.path ?? '',
    moduleSources(root, cache, module, modules, workspace),
  ];
  const sources = new Map(modules.map(sourcesOf));
  const others = await readImportClosure(disk, own, (path) => sources.get(path));
  const mayLieAbove =
    around.nested && around.top !== undefined ? await outerFolders(disk, root, around.top) : undefined;
  return { listing, around, mayLieAbove, modules, workspace, packages: new Map([...others, ...own]) };
};

/** The facts for one Dockerfile (absolute) of a context that was read; its ignore file is read now. */
export const factsFor = async (
  disk: Disk,
  root: string,
  { listing, around, mayLieAbove, modules, workspace, packages }: ContextReading,
  dockerfile: string | undefined,
): Promise<ProjectFacts> => {
  const [rules, generated] = await Promise.all([
    readIgnoreRules(disk, root, dockerfile),
    generatedFiles(disk, root, around.folder, listing),
  ]);
  const found = dockerfile === undefined ? [] : await findCallers(disk, dockerfile);
  const callers = found.filter((caller) => caller.context === root).map((caller) => callerIn(root, caller));
  const context = {
    known: !listing.unread.has(''),
    // A context that somebody builds with is no guess.
    nested: around.nested && callers.length === 0,
    ...(mayLieAbove && { mayLieAbove }),
    folder: around.folder,
    dockerfile: dockerfile === undefined ? undefined : below(root, dockerfile),
    files: listing.files,
    folders: listing.folders,
    unread: generated.folders.length > 0 ? new Set([...listing.unread, ...generated.folders]) : listing.unread,
    mayBeMade: generated.mayBeMade,
    ignoreFile: rules.file,
    isIgnored: rules.isIgnored,
    hiding: rules.hiding,
  };
  return { context, modules, workspace, packages, ...(callers.length > 0 && { callers }) };
};

/**
 * Reads the Go project of a build context once, without a cache. `dockerfile` is the path of the Dockerfile, by which
 * the ignore file is chosen. Never rejects: a context that cannot be read is not `known`.
 */
export const readProject = async (
  contextFolder: string,
  options: ReadOptions & { readonly dockerfile?: string } = {},
): Promise<ProjectFacts> => {
  const root = resolve(contextFolder);
  const disk = createDisk();
  const dockerfile = options.dockerfile === undefined ? undefined : resolve(options.dockerfile);
  return factsFor(disk, root, await readContext(disk, root, options), dockerfile);
};
