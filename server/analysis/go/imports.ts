import type { Tri } from '../known.ts';
import { type BuildContext, fileIsBuilt } from './build-constraints.ts';
import { chainTo, type ImportChain, runningChains } from './import-chains.ts';
import { type CgoModule, cgoModuleOf, knownPackage, stopsWithoutCgo, stubOf } from './known-modules.ts';
import type { GoPackage, ProjectFacts } from './project-facts.ts';
import { isStdPath, stdReachesCgo, stdReachesNet, stdReachesUser } from './std-packages.ts';

/** Everything a package imports, itself included, as far as sources and tables tell. */
export interface Closure {
  /** Every import path that is reached, the package's own among them. */
  readonly reached: ReadonlySet<string>;
  readonly std: ReadonlySet<string>;
  /** Packages whose sources were read. */
  readonly packages: ReadonlySet<string>;
  /** Packages with `import "C"` that were read. */
  readonly cgoPackages: ReadonlySet<string>;
  /** Modules that are known to need cgo. */
  readonly cgoModules: readonly CgoModule[];
  /** Import paths that were neither read nor in the tables: the closure may reach anything through them. */
  readonly unseen: ReadonlySet<string>;
  readonly reachesNet: Tri;
  readonly reachesUser: Tri;
  readonly reachesNetOrUser: Tri;
  /** `plugin`, `runtime/cgo`, or `import "C"` outside the standard library. */
  readonly reachesCgo: Tri;
  /** Of those, `plugin` or `import "C"`. */
  readonly linksExternally: Tri;
  /** `no`: without cgo a package has no Go files left (`leftEmpty`: that is how go build says it), or runtime/cgo is imported. */
  readonly buildsWithoutCgo: Tri;
  readonly leftEmpty: boolean;
  /** Modules that are stubs without cgo, and of which the program may run code. */
  readonly stubs: readonly CgoModule[];
  /** How the first package is reached at which go build stops without cgo, or the first stub. */
  readonly stopChain: ImportChain | undefined;
  readonly stubChain: ImportChain | undefined;
  /** An example of how net or os/user is reached, and how C code is. */
  readonly netChain: ImportChain | undefined;
  readonly cgoChain: ImportChain | undefined;
}

interface Walk {
  readonly facts: ProjectFacts;
  readonly context: BuildContext;
  /** Who imports a package first. */
  readonly from: Map<string, string | undefined>;
  readonly queue: string[];
  readonly std: Set<string>;
  readonly packages: Set<string>;
  readonly cgoPackages: Set<string>;
  readonly emptyWithoutCgo: Set<string>;
  /** Packages of the tables: not read, but measured. */
  readonly tableNet: Set<string>;
  readonly tableCgo: Map<string, CgoModule>;
  /** In the tables for their C code alone. */
  readonly halfKnown: Set<string>;
  readonly unseen: Set<string>;
}

const enqueue = (walk: Walk, importPath: string, by: string | undefined): void => {
  if (importPath === 'C' || importPath === 'unsafe' || walk.from.has(importPath)) return;
  walk.from.set(importPath, by);
  walk.queue.push(importPath);
};

const visitSources = (walk: Walk, found: GoPackage): void => {
  const { context } = walk;
  const built = found.files.filter((file) => fileIsBuilt(file, context));
  walk.packages.add(found.importPath);
  if (built.some(({ cgo }) => cgo)) walk.cgoPackages.add(found.importPath);
  const isBuilt = (cgo: boolean): boolean => found.files.some((file) => fileIsBuilt(file, { ...context, cgo }));
  if (!isBuilt(false) && isBuilt(true)) walk.emptyWithoutCgo.add(found.importPath);
  for (const path of built.flatMap(({ imports }) => imports)) enqueue(walk, path, found.importPath);
};

/** Own modules first: `module app` makes `app/x` look like the standard library. */
const isOwn = ({ facts }: Walk, importPath: string): boolean =>
  facts.modules.some(
    ({ mod }) => mod.path !== undefined && (importPath === mod.path || importPath.startsWith(`${mod.path}/`)),
  );

const visitUnread = (walk: Walk, importPath: string): void => {
  if (isStdPath(importPath) && !isOwn(walk, importPath)) {
    walk.std.add(importPath);
    return;
  }
  const known = knownPackage(importPath);
  if (!known) walk.unseen.add(importPath);
  else if (known.cgo) {
    walk.tableCgo.set(importPath, known.cgo);
    walk.halfKnown.add(importPath);
  } else if (known.reachesNet === 'yes') walk.tableNet.add(importPath);
};

const newWalk = (facts: ProjectFacts, context: BuildContext): Walk => ({
  facts,
  context,
  from: new Map(),
  queue: [],
  std: new Set(),
  packages: new Set(),
  cgoPackages: new Set(),
  emptyWithoutCgo: new Set(),
  tableNet: new Set(),
  tableCgo: new Map(),
  halfKnown: new Set(),
  unseen: new Set(),
});

const tri = (reached: boolean, doubtful: boolean): Tri => (reached ? 'yes' : doubtful ? 'unknown' : 'no');

/** Whether go.mod puts another module in the place of the one the tables speak of. */
const isReplaced = ({ facts }: Walk, importPath: string): boolean =>
  facts.modules.some(({ mod }) =>
    mod.replaces.some(
      ({ path, target }) => path !== target && (importPath === path || importPath.startsWith(`${path}/`)),
    ),
  );

/** What becomes of the closure without cgo. */
const verdictsWithoutCgo = (walk: Walk) => {
  const { facts, context, from, queue, std, packages, tableCgo, unseen, emptyWithoutCgo } = walk;
  const outside = [...packages, ...tableCgo.keys()].filter((path) => !isReplaced(walk, path));
  const stop = [...emptyWithoutCgo][0] ?? (std.has('runtime/cgo') ? 'runtime/cgo' : outside.find(stopsWithoutCgo));
  // A driver of which the sources were read is judged by what it imports.
  const stub = outside.filter((path) => stubOf(path) && (tableCgo.has(path) || /sqlite3$|sqlcipher/.test(path)));
  const chains = runningChains(facts, queue[0] ?? '', context, stub);
  const doubtful = unseen.size > 0 || [...tableCgo.values()].some(({ withoutCgo }) => withoutCgo === 'fails');
  return {
    buildsWithoutCgo: stop === undefined ? tri(!doubtful, doubtful) : 'no',
    leftEmpty: emptyWithoutCgo.size > 0 || std.has('runtime/cgo'),
    stubs: [...new Set(chains.flatMap((chain) => stubOf(chain.at(-1) ?? '') ?? []))],
    stopChain: chainTo(from, stop),
    stubChain: chains[0],
  } as const;
};

const cgoVerdicts = (walk: Walk) => {
  const { from, std, cgoPackages, tableCgo, unseen } = walk;
  const doubtful = unseen.size > 0;
  const foreign = cgoPackages.size > 0 || tableCgo.size > 0;
  const modules = [...tableCgo.values(), ...[...cgoPackages].flatMap((path) => cgoModuleOf(path) ?? [])];
  return {
    cgoModules: [...new Set(modules)],
    reachesCgo: tri(foreign || [...std].some(stdReachesCgo), doubtful),
    linksExternally: tri(foreign || std.has('plugin'), doubtful),
    cgoChain: chainTo(from, [...cgoPackages, ...tableCgo.keys()][0] ?? [...std].find(stdReachesCgo)),
  } as const;
};

const netVerdicts = (walk: Walk) => {
  const { std, tableNet, unseen, halfKnown } = walk;
  const doubtful = unseen.size > 0 || halfKnown.size > 0;
  const net = [...std].find(stdReachesNet);
  const user = [...std].find(stdReachesUser);
  const table = [...tableNet][0];
  // The tables do not tell net from os/user: either may be what is reached.
  const reachesNet = tri(net !== undefined, doubtful || table !== undefined);
  const reachesUser = tri(user !== undefined, doubtful || table !== undefined);
  const either = net ?? user ?? table;
  return {
    reachesNet,
    reachesUser,
    reachesNetOrUser: tri(either !== undefined, doubtful),
    netChain: chainTo(walk.from, either),
  };
};

/**
 * Follows the imports of a package with the files that `context` selects. A package that is not in the facts and not in
 * the tables is `unseen`, which makes every verdict that it could change unknown.
 */
export const importClosure = (facts: ProjectFacts, importPath: string, context: BuildContext): Closure => {
  const walk = newWalk(facts, context);
  enqueue(walk, importPath, undefined);
  for (let at = 0; at < walk.queue.length; at++) {
    const path = walk.queue[at] ?? '';
    const found = facts.packages.get(path);
    if (found) visitSources(walk, found);
    else visitUnread(walk, path);
  }
  const { std, packages, cgoPackages, unseen } = walk;
  return {
    reached: new Set(walk.from.keys()),
    std,
    packages,
    cgoPackages,
    unseen,
    ...netVerdicts(walk),
    ...cgoVerdicts(walk),
    ...verdictsWithoutCgo(walk),
  };
};
