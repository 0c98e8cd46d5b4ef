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
  /** Own packages with tests, by folder. */
  readonly tests: readonly string[];
}

/** A package.json with a script named build. */
export interface NodePackage {
  readonly dir: string;
  /** The one whose lock file lies beside it. */
  readonly manager: 'npm' | 'pnpm' | 'yarn';
  readonly lockFile: string | undefined;
  /** Files and folders beside it that the manager reads when it installs: `.npmrc`, `.yarn`. */
  readonly settings?: { readonly files: readonly string[]; readonly folders: readonly string[] };
}

export const noSurroundings: Surroundings = {
  source: undefined,
  licence: undefined,
  goPrivate: [],
  nodePackages: [],
  dockerignore: undefined,
  tests: [],
};
