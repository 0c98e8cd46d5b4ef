import type { RunInstruction } from '../dockerfile/model.ts';
import type { CgoState } from '../go/cgo-state.ts';
import type { GoCommand, GoFlag, GoVersion } from '../go/model.ts';
import type { GoModule } from '../go/project-facts.ts';
import type { Known, Tri } from '../known.ts';
import type { ShellWord } from '../shell/model.ts';
import type { GoCaches } from './home.ts';
import type { Environment } from './model.ts';
import type { PlacedMount } from './mounts.ts';

/** A package that an operand of go build or go install names; `./...` names several. */
export interface BuildPackage {
  /** Undefined when no operand was given: the working directory. */
  readonly word: ShellWord | undefined;
  /** The stage's folder it lies in, or would lie in; of a Go file that is named, its path. */
  readonly folder: string;
  /**
   * `library`: Go files, and none of them of package main. `empty`: a folder without Go files. `missing`: no such folder.
   * `no-file`: no such Go file.
   * `outside`: a folder outside of the module.
   * `bare`: a folder's path without `./`, which go reads as a package of the standard library.
   */
  readonly kind: 'main' | 'library' | 'empty' | 'missing' | 'no-file' | 'outside' | 'bare' | 'unknown';
}

/** The `-o` of a go build that writes something. */
export interface BuildOutput {
  readonly flag: GoFlag;
  readonly path: string;
  /** Whether go takes it as a folder. */
  readonly isFolder: Tri;
}

/** A folder that go reads a go.mod of beside the module's own: a local replacement, or a member of go.work. */
export interface LocalModule {
  readonly kind: 'replace' | 'member';
  /** As go.mod or go.work writes it. */
  readonly written: string;
  /** Module path of the replaced module. */
  readonly replaces: string | undefined;
  /** Where the stage would have it. */
  readonly folder: string;
  /** Where the build context has it; undefined when it lies outside. */
  readonly contextFolder: string | undefined;
  /** Whether its go.mod is there when the command runs. */
  readonly there: Tri;
}

/** Where a go command takes the packages of other modules from. */
export interface ModuleMode {
  /** `-mod`, of the command or of GOFLAGS. */
  readonly mod: 'vendor' | 'mod' | 'readonly' | 'default' | 'unknown';
  /** Whether vendor/modules.txt lies beside go.mod when it runs. */
  readonly vendorListed: Tri;
  /** It surely takes them from vendor/. */
  readonly usesVendor: boolean;
}

/** A go command that runs in a RUN (not one that only appears in CMD), with the state it runs in. */
export interface GoStep {
  readonly command: GoCommand;
  readonly run: RunInstruction;
  /** Folder it runs in, `cd` and `-C` followed. */
  readonly workdir: Known<string>;
  /** Environment variables of the command, by name. */
  readonly env: Environment;
  /** Variables as the shell fills them into the command's words: those it does not export too, the command's own prefix not. */
  readonly shell: Environment;
  readonly runs: 'always' | 'maybe';
  /** The module the command works on, when it is known. */
  readonly module: GoModule | undefined;
  /** The stage's folder in which that module's go.mod lies. */
  readonly moduleRoot: string | undefined;
  /** Whether a go.work lies above the module in the stage. */
  readonly workspaceSeen: Tri;
  /** Whether a go.mod or a go.work lies in the folder it runs in, or above. */
  readonly moduleSeen: Tri;
  /** The go tool's own version, from the image tag. */
  readonly toolchain: GoVersion | undefined;
  /** Whether cgo is on for it, and why it is off. */
  readonly cgo: CgoState;
  /** What go build and go install build; undefined when the operands are not all known. */
  readonly packages: readonly BuildPackage[] | undefined;
  readonly output: BuildOutput | undefined;
  /** Where it keeps modules and what it compiles. */
  readonly caches: GoCaches;
  /** The user it runs as. */
  readonly user: Known<string>;
  /** The mounts of its RUN; undefined when the target of one is not known. */
  readonly mounts: readonly PlacedMount[] | undefined;
  /** The local modules that the command surely reads. */
  readonly localModules: readonly LocalModule[];
  /** Paths of the build context that the command surely needs and that the ignore file keeps from the stage. */
  readonly hidden: readonly string[];
  readonly moduleMode: ModuleMode;
}
