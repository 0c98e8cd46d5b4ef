/** What lies around a Go project and matters to its image, but not to the rules. Paths are relative to the build context. */
export interface Surroundings {
  /** Web address of the repository, from the remote named origin. */
  readonly source: string | undefined;
  /** SPDX identifier of the licence file. */
  readonly licence: string | undefined;
  /** Patterns of GOPRIVATE, from the environment or the go command's own settings. */
  readonly goPrivate: readonly string[];
  readonly nodePackages: readonly NodePackage[];
  /** Text of the .dockerignore that lies there. */
  readonly dockerignore: string | undefined;
  /** Own packages with a `//go:generate` line, by folder. */
  readonly generates: readonly string[];
  /** Own packages with tests, by folder. */
  readonly tests: readonly string[];
  /** Names that `#cgo` lines of own packages link with, by import path. */
  readonly cLibraries: ReadonlyMap<string, readonly string[]>;
  /** How a program can be asked whether it is well, by the folder of its main package. */
  readonly health: ReadonlyMap<string, Health>;
}

/** A package.json with a script named build. */
export interface NodePackage {
  readonly dir: string;
  /** The one whose lock file lies beside it. */
  readonly manager: 'npm' | 'pnpm' | 'yarn';
  readonly lockFile: string | undefined;
}

/** Either may be undefined, not both. */
export interface Health {
  /** Arguments with which the program itself asks: `-healthcheck`, or the name of a subcommand. */
  readonly argument: string | undefined;
  /** Path that it answers over HTTP, such as `/healthz`. */
  readonly route: string | undefined;
}

export const noSurroundings: Surroundings = {
  source: undefined,
  licence: undefined,
  goPrivate: [],
  nodePackages: [],
  dockerignore: undefined,
  generates: [],
  tests: [],
  cLibraries: new Map(),
  health: new Map(),
};
