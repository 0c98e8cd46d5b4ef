import { type BuildContext, fileIsBuilt } from '../analysis/go/build-constraints.ts';
import { importClosure } from '../analysis/go/imports.ts';
import type { GoPackage, ProjectFacts } from '../analysis/go/project-facts.ts';

/** What a program needs that only cgo gives it. */
export interface CgoNeed {
  /** The import path for which it does not work without cgo. */
  readonly importPath: string;
  /** A C library that is neither in the module nor in an image of ours. */
  readonly library: string | undefined;
  /** Part of it is C++: it needs a C++ compiler, and libstdc++ when it runs. */
  readonly cxx: boolean;
}

/** How the generated Dockerfiles build when cgo is on. */
export const linux: BuildContext = { goos: 'linux', goarch: 'amd64', cgo: true, tags: new Set() };
const cxxLibraries = /^(?:DuckDB|OpenCV|RocksDB)\b/;
const cxxFile = /\.(?:cc|cpp|cxx)$/;

/** C code without a file that stands in for it when cgo is off. */
const lacksStandIn = ({ files }: GoPackage): boolean =>
  !files.some((file) => fileIsBuilt(file, { ...linux, cgo: false }) && !fileIsBuilt(file, linux));

const hasCxx = ({ context }: ProjectFacts, { dir }: GoPackage): boolean => {
  const prefix = dir === '' ? '' : `${dir}/`;
  const inside = (path: string): boolean => path.startsWith(prefix) && !path.slice(prefix.length).includes('/');
  return dir !== undefined && [...context.files].some((path) => cxxFile.test(path) && inside(path));
};

/** Why a program does not work without cgo; undefined when no reason is known. Build tags given with -tags count as off. */
export const cgoNeed = (facts: ProjectFacts, main: GoPackage | undefined): CgoNeed | undefined => {
  if (!main) return undefined;
  const closure = importClosure(facts, main.importPath, linux);
  const own = [...closure.cgoPackages].flatMap((path) => facts.packages.get(path) ?? []).filter(lacksStandIn);
  const known = closure.cgoModules[0];
  // A plugin can be opened with cgo alone; a module that could is no reason: its users seldom do.
  const opens = [...facts.packages.values()].some(
    ({ dir, importPath, files }) =>
      dir !== undefined && closure.packages.has(importPath) && files.some(({ imports }) => imports.includes('plugin')),
  );
  const standard = closure.std.has('runtime/cgo') ? 'runtime/cgo' : opens ? 'plugin' : undefined;
  const path = known?.path ?? own[0]?.importPath ?? standard;
  if (path === undefined) return undefined;
  const libraries = closure.cgoModules.map(({ library }) => library);
  return {
    importPath: path,
    library: libraries.find((library) => !/\(bundled\)$|^libdl$/.test(library)),
    cxx: own.some((each) => hasCxx(facts, each)) || libraries.some((library) => cxxLibraries.test(library)),
  };
};

/** Whether a program asks os/user who it is, which reads /etc/passwd. */
export const looksUpUsers = (facts: ProjectFacts, main: GoPackage | undefined): boolean =>
  main !== undefined && importClosure(facts, main.importPath, linux).std.has('os/user');
