import { type BuildContext, fileIsBuilt } from './build-constraints.ts';
import { closureOf } from './closures.ts';
import type { Closure } from './imports.ts';
import type { GoFile, GoPackage, GoUse, GoVariable, ProjectFacts } from './project-facts.ts';

/** How a program is built: what its build constraints are asked about. Always for Linux. */
export interface BuiltWith {
  readonly tags: ReadonlySet<string>;
  readonly cgo: boolean;
}

/** A use, and the source it stands in, relative to the context where it lies in it. */
export interface ProgramUse {
  readonly use: GoUse;
  readonly path: string;
}

/** A package of the program of which the code was read. */
export interface ProgramPackage {
  readonly known: GoPackage;
  /** Those that are built. */
  readonly files: readonly GoFile[];
}

/** The code of a program: its main package and every own package that it imports, without tests and files for other systems. */
export interface ProgramCode {
  readonly closure: Closure;
  readonly main: ProgramPackage | undefined;
  /** The main package first. */
  readonly packages: readonly ProgramPackage[];
  readonly uses: readonly ProgramUse[];
  /** Import paths that these packages' own files name. */
  readonly imports: ReadonlySet<string>;
  /** Packages of other modules, of which only imports are known or nothing at all. */
  readonly usesOthers: boolean;
}

const builtFiles = ({ files }: GoPackage, context: BuildContext): readonly GoFile[] =>
  files.filter((file) => file.code && fileIsBuilt(file, context));

/** A source, relative to the context where it lies in it. */
export const pathOf = ({ dir, importPath }: GoPackage, { name }: GoFile): string =>
  dir === undefined ? `${importPath}/${name}` : dir === '' ? name : `${dir}/${name}`;

const codeOf = (facts: ProjectFacts, closure: Closure, importPath: string, how: BuiltWith): ProgramCode => {
  const context: BuildContext = { goos: 'linux', goarch: 'amd64', ...how };
  const reached = [...closure.packages].flatMap((path) => facts.packages.get(path) ?? []);
  const packages = reached
    .map((known): ProgramPackage => ({ known, files: builtFiles(known, context) }))
    .filter(({ files }) => files.length > 0);
  return {
    closure,
    packages,
    main: packages.find(({ known }) => known.importPath === importPath),
    uses: packages.flatMap(({ known, files }) =>
      files.flatMap((file) => (file.code?.uses ?? []).map((use) => ({ use, path: pathOf(known, file) }))),
    ),
    imports: new Set(packages.flatMap(({ files }) => files.flatMap(({ imports }) => imports))),
    usesOthers: closure.unseen.size > 0 || closure.packages.size > packages.length,
  };
};

const read = new WeakMap<Closure, ProgramCode>();

/** The code of the program whose main package has this import path; undefined when that was not read. */
export const programCode = (facts: ProjectFacts, importPath: string, how: BuiltWith): ProgramCode | undefined => {
  const closure = closureOf(facts, importPath, how.tags, how.cgo);
  if (!closure) return undefined;
  // The closure is one object for each way to build, so that it stands for it.
  const code = read.get(closure) ?? codeOf(facts, closure, importPath, how);
  read.set(closure, code);
  return code;
};

/** The variables and constants of a package. */
export const variablesOf = ({ files }: ProgramPackage): readonly GoVariable[] =>
  files.flatMap(({ code }) => code?.variables ?? []);

/** The source that asks, by `debug.ReadBuildInfo`, what the program was built from; undefined when none of its own does. */
export const buildInfoReader = ({ uses }: ProgramCode): string | undefined =>
  uses.find(({ use }) => use.from === 'runtime/debug' && use.name === 'ReadBuildInfo' && use.sure)?.path;

/** Whether `-X` of the linker surely sets it: a string without a value, or with one that is a literal. */
export const isSettable = ({ constant, type, initial }: GoVariable): boolean => {
  if (constant || type === 'other') return false;
  return initial === 'text' || (initial === 'none' && type === 'string');
};
