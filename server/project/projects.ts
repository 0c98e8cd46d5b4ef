import { dirname, join, resolve, sep } from 'node:path';
import type { ProjectFacts } from '../analysis/go/project-facts.ts';
import { findCallers, maybeCaller } from './callers/find.ts';
import { type ConfigFile, findConfigFile } from './config-file.ts';
import { foldersAbove, type InferredContext, inferContext } from './context.ts';
import { createDisk, type DiskOptions, withTexts } from './disk.ts';
import { isDockerfilePath } from './find-dockerfiles.ts';
import { below } from './ignore-file.ts';
import { listFolder } from './listing.ts';
import { type ContextReading, factsFor, type ReadOptions, readContext } from './read-project.ts';

/** The Go projects of a session, each read once and then only where it changed. Paths are absolute. */
export interface Projects {
  /** What is cached at this moment, perhaps out of date; undefined before the first load. */
  facts(contextFolder: string, dockerfile: string): ProjectFacts | undefined;
  /**
   * Up-to-date facts: the same object until something changed. Loads under way are shared. `compare` also notices changes
   * nobody told of, by time and size. Never rejects.
   */
  load(contextFolder: string, dockerfile: string, options?: { readonly compare?: boolean }): Promise<ProjectFacts>;
  /** The facts as they would be with other texts of files that exist (by absolute path); kept nowhere. Never rejects. */
  preview(contextFolder: string, dockerfile: string, texts: ReadonlyMap<string, string>): Promise<ProjectFacts>;
  /**
   * Where a Dockerfile with these sources of COPY and ADD is likely built from; callers (compose files, Bake files and
   * workflows) are asked. Never rejects.
   */
  context(dockerfile: string, sources: readonly string[], workspace: string | undefined): Promise<InferredContext>;
  /** The topmost folder that a file may belong to: the workspace's, the repository's or the topmost Go module's. Never rejects. */
  topFolder(file: string, workspace: string | undefined): Promise<string>;
  /** The configuration file of a Dockerfile. Undefined without one; rejects where one cannot be read. */
  config(dockerfile: string, workspace: string | undefined): Promise<ConfigFile | undefined>;
  /** All Dockerfiles below a folder, but in folders of others (vendor, node_modules). Never rejects. */
  dockerfiles(folder: string): Promise<readonly string[]>;
  /** The text of a file without a byte order mark; the same until something changed. Undefined when it cannot be read. */
  text(path: string): Promise<string | undefined>;
  /** These paths were made, changed or removed. True when a cached project may differ now. */
  changed(paths: readonly string[]): boolean;
  dispose(): void;
}

interface Context {
  readonly root: string;
  /** Counts changes: what was read at another count is out of date. */
  changes: number;
  readAt: number;
  reading: Promise<ContextReading> | undefined;
  /** By Dockerfile. */
  readonly loads: Map<string, { readonly at: number; readonly facts: Promise<ProjectFacts> }>;
  readonly facts: Map<string, ProjectFacts>;
}

const unlisted = (path: string): boolean => path.split(sep).some((part) => part === '.git' || part === 'node_modules');

/** An empty cache. */
export const createProjects = (options: ReadOptions & DiskOptions = {}): Projects => {
  const disk = createDisk(options);
  const contexts = new Map<string, Context>();

  const contextAt = (folder: string): Context => {
    const root = resolve(folder);
    const made = { root, changes: 0, readAt: -1, reading: undefined, loads: new Map(), facts: new Map() };
    const context = contexts.get(root) ?? made;
    contexts.set(root, context);
    return context;
  };

  const readingOf = (context: Context): Promise<ContextReading> => {
    const { changes } = context;
    if (context.reading && context.readAt === changes) return context.reading;
    // One walk at a time: the next one starts from what the last has read.
    const before = context.reading;
    const reading = Promise.resolve(before).then(() => readContext(disk, context.root, options));
    context.reading = reading;
    context.readAt = changes;
    return reading;
  };

  const begin = async (context: Context, dockerfile: string, at: number): Promise<ProjectFacts> => {
    const facts = await factsFor(disk, context.root, await readingOf(context), dockerfile);
    if (context.loads.get(dockerfile)?.at === at) context.facts.set(dockerfile, facts);
    return facts;
  };

  const outdate = (touches: (context: Context) => boolean): void => {
    for (const context of contexts.values()) if (touches(context)) context.changes++;
  };

  return {
    facts: (folder, dockerfile) => contexts.get(resolve(folder))?.facts.get(resolve(dockerfile)),
    load(folder, dockerfile, { compare = false } = {}) {
      const context = contextAt(folder);
      const path = resolve(dockerfile);
      if (compare) {
        disk.suspect();
        outdate(() => true);
      }
      const known = context.loads.get(path);
      if (known?.at === context.changes) return known.facts;
      const at = context.changes;
      const facts = Promise.resolve().then(() => begin(context, path, at));
      context.loads.set(path, { at, facts });
      return facts;
    },
    preview: async (folder, dockerfile, texts) => {
      const root = resolve(folder);
      const changed = withTexts(disk, texts);
      return factsFor(changed, root, await readContext(changed, root, options), resolve(dockerfile));
    },
    context: async (dockerfile, sources, workspace) => {
      const asked = new Set((await findCallers(disk, resolve(dockerfile))).map(({ context }) => context));
      return inferContext(disk, dockerfile, sources, workspace, [...asked]);
    },
    topFolder: async (file, workspace) => {
      const own = dirname(file);
      return (await foldersAbove(disk, own, workspace)).at(-1) ?? own;
    },
    config: (dockerfile, workspace) => findConfigFile(disk, dockerfile, workspace),
    dockerfiles: async (folder) => {
      const { files } = await listFolder(disk, resolve(folder), options.limits);
      return [...files].filter(isDockerfilePath).map((path) => join(resolve(folder), path));
    },
    text: (path) => disk.read(resolve(path), (text) => text.replace(/^\uFEFF/, '')),
    changed(paths) {
      const touched = paths.map((path) => resolve(path)).filter((path) => !unlisted(path) && disk.forget(path));
      const owned = (path: string): boolean =>
        [...contexts.values()].some(({ root }) => below(root, path) !== undefined);
      // A compose file builds in contexts below and beside it as well.
      const everywhere = touched.some((path) => !owned(path) || maybeCaller(path));
      outdate(({ root }) => everywhere || touched.some((path) => below(root, path) !== undefined));
      return touched.length > 0;
    },
    dispose: () => contexts.clear(),
  };
};
