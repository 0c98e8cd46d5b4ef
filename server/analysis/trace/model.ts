import type { Range } from 'vscode-languageserver-types';
import type { Instruction, Mount, RunInstruction, Stage } from '../dockerfile/model.ts';
import type { BuildFlags } from '../go/ldflags.ts';
import type { GoCommand } from '../go/model.ts';
import type { GoModule } from '../go/project-facts.ts';
import type { BaseImage } from '../images/model.ts';
import type { Known, Step, Tri } from '../known.ts';
import type { CCode } from './c-code.ts';
import type { CopyTrace, MadeFolder } from './copy-trace.ts';
import type { GoStep } from './go-step.ts';
import type { MissingInput } from './missing-input.ts';
import type { ShellStep } from './shell-step.ts';

/** What a stage starts from. */
export type StageBase =
  | { readonly kind: 'image'; readonly image: BaseImage; readonly reference: string }
  | { readonly kind: 'stage'; readonly stage: StageTrace }
  /** An image nobody described, or a name that cannot be resolved; `reference` is the resolved text when there is one. */
  | { readonly kind: 'unknown'; readonly reference: string | undefined };

/**
 * How a binary is linked. `static` needs nothing; `glibc` and `musl` need that loader and libc; `no-build` means go build
 * fails here (cgo asked for without a compiler). `unknown` may carry what it probably is, for findings of lower severity.
 */
export interface Linkage {
  readonly verdict: 'static' | 'glibc' | 'musl' | 'no-build' | 'unknown';
  readonly likely: 'glibc' | 'musl' | undefined;
  readonly because: readonly Step[];
}

/** A Go binary that an instruction of some stage builds. */
export interface GoBinary extends CCode {
  /** Absolute path it is written to; unknown when the output depends on what is not known. */
  readonly path: Known<string>;
  /** Import path of the main package. */
  readonly package: Known<string>;
  readonly module: GoModule | undefined;
  /** The flags it is built with; what they leave open is marked in them. */
  readonly flags: BuildFlags;
  /** Own packages and embedded files of it that the context has and the stage, when go build runs, surely does not. */
  readonly missing: readonly MissingInput[];
  readonly linkage: Linkage;
  /** What the linkage would be with CGO_ENABLED=0. */
  readonly withoutCgo: Linkage['verdict'];
  /** Whether an `export CGO_ENABLED=…` of the same RUN, rather than ENV, ARG or a prefix, decides. */
  readonly cgoSetInRun: boolean;
  readonly goos: Known<string>;
  readonly goarch: Known<string>;
  /** Whether GOARCH is set to `$TARGETARCH`. */
  readonly followsTarget: boolean;
  /** Whether the linker leaves out debugging information: -s, or -w alone. */
  readonly stripped: Tri;
  /** Whether its import closure needs cgo to work at all (a module that is nothing without C). */
  readonly needsCgo: Tri;
  /** Written into a mount, so that it is gone after the RUN. */
  readonly lost: boolean;
  /** That mount. */
  readonly lostIn: Mount | undefined;
  readonly stage: number;
  readonly run: RunInstruction;
  readonly command: GoCommand;
}

/** Where a file came from. */
export type Origin =
  | { readonly kind: 'go'; readonly binary: GoBinary }
  | { readonly kind: 'context'; readonly path: string }
  | { readonly kind: 'base' }
  | { readonly kind: 'run' };

export type FileState =
  | { readonly state: 'present'; readonly origin: Origin; readonly because: readonly Step[] }
  | { readonly state: 'folder' }
  | { readonly state: 'absent' }
  /** Something that nobody followed may have made or removed it. */
  | { readonly state: 'unknown' };

export interface PlacedBinary {
  readonly path: string;
  readonly binary: GoBinary;
}

export type { CopyTrace } from './copy-trace.ts';
export type { GoStep } from './go-step.ts';

/** Environment variables at one moment. */
export interface Environment {
  /** `undefined`: surely not set. Unknown: may be set to anything. */
  get(name: string): Known<string> | undefined;
}

/** What holds just before an instruction. */
export interface Moment {
  readonly env: Environment;
  readonly workdir: Known<string>;
  readonly user: Known<string>;
  /** Whether a shell-form instruction finds its shell. */
  readonly shell: Tri;
}

/** State after the last instruction of a stage. */
export interface StageTrace {
  readonly stage: Stage;
  readonly base: StageBase;
  /** The base image at the bottom of `FROM stage` chains. */
  readonly rootImage: BaseImage | undefined;
  readonly env: Environment;
  readonly workdir: Known<string>;
  /** As written in USER, variables expanded, or the base image's default. */
  readonly user: Known<string>;
  /** The instruction that set the user, when one of this file did. */
  readonly userSetBy: Instruction | undefined;
  /** Whether a shell-form instruction finds its shell, after the last instruction. */
  readonly shell: Tri;
  /** The state just before one of this stage's own RUN instructions. */
  before(instruction: Instruction): Moment | undefined;
  /** The program of the SHELL in force; undefined when it is not a POSIX shell. */
  readonly shellProgram: string | undefined;
  readonly cCompiler: Tri;
  /** Names of system packages that were surely installed. */
  readonly packages: ReadonlySet<string>;
  /** Whether packages of other names may have been installed too. */
  readonly packagesOpen: boolean;
  /** The uid of users that a command or the base image gave one; a file brought to /etc/passwd may say otherwise. */
  readonly users: ReadonlyMap<string, number>;
  /** Home folders of the users that a command added. */
  readonly homes: ReadonlyMap<string, string>;
  /** False when there may be users beside those of the base image and those in `users`. */
  readonly usersListed: boolean;
  /** Names that ENV set; an ARG of the same name has no effect. */
  readonly setByEnv: ReadonlySet<string>;
  readonly libc: BaseImage['libc'];
  /** True when something ran that may have changed any file. */
  readonly opaque: boolean;
  lookup(path: string): FileState;
  /** The Go files directly in a folder, as paths of the build context; undefined when that is not known. */
  sourcesIn(folder: string): readonly string[] | undefined;
  /** The Go binaries that surely lie in the stage at its end, each with the path it lies at. */
  readonly goFiles: readonly PlacedBinary[];
  /** Whether this stage, or one it starts from, may have written at, above or below a path other than by a package manager. */
  written(path: string): boolean;
  /** The go commands of this stage's own instructions. */
  readonly goSteps: readonly GoStep[];
  /** Its other commands of RUN. */
  readonly commands: readonly ShellStep[];
  /** The binaries this stage's own instructions build. */
  readonly binaries: readonly GoBinary[];
  readonly copies: readonly CopyTrace[];
  /** What its WORKDIR instructions make. */
  readonly madeFolders: readonly MadeFolder[];
  /** A stage with a Go toolchain image at its root or with a go command of its own. */
  readonly isGoStage: boolean;
  /** Stages that are the base of, or are copied or mounted by, another stage. */
  readonly usedBy: readonly number[];
  readonly role: StageRole;
  readonly entrypoint: Instruction | undefined;
  readonly cmd: Instruction | undefined;
  /** What a container of the stage starts. */
  readonly start: Start | undefined;
}

/** The instruction that names the program, and the program with its arguments. */
export interface Start {
  readonly instruction: Instruction;
  /** Exec form without a shell in it. */
  readonly direct: boolean;
  /** Undefined when a shell does more than start one plain command; words with variables are empty. */
  readonly words: readonly string[] | undefined;
}

/** `final`: the last stage. `target`: nothing uses it, so it may be built with --target. `development`: such a stage whose name says it is not shipped, or one that only stages use that are not. `test`: one of an image for tests. `intermediate`: used by one that can be shipped. */
export type StageRole = 'final' | 'target' | 'development' | 'test' | 'intermediate';

export interface Trace {
  readonly stages: readonly StageTrace[];
  /** True when there is anything about Go in the file: a Go image, a go command, a tarball of Go, or a context with go.mod and a copied program. */
  readonly isAboutGo: boolean;
  /** Stages that can be shipped: the final one and targets, without development stages. */
  readonly shipped: readonly StageTrace[];
  /** Stages whose program has to start: the shipped ones, and those of an image for tests. */
  readonly started: readonly StageTrace[];
  /** `FROM` values resolved with ARG defaults, by stage index. */
  readonly images: readonly ResolvedImage[];
}

/** A FROM with its ARG defaults filled in, and where the tag can be edited. */
export interface ResolvedImage {
  readonly stage: Stage;
  readonly reference: Known<string>;
  readonly image: BaseImage | undefined;
  /** Whether FROM has the name of a build context that a caller gives; `reference` is that image, or unknown. */
  readonly isNamed: boolean;
  /** Range of the image word in FROM. */
  readonly range: Range | undefined;
  /** Set when the whole tag (or its version part) comes from one ARG default: editing means editing this word. */
  readonly tagFrom: { readonly name: string; readonly range: Range; readonly value: string } | undefined;
}
