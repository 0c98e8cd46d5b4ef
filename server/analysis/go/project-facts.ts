import type { Range } from 'vscode-languageserver-types';
import type { Caller } from '../caller.ts';

/**
 * What the core knows of the Go project beside a Dockerfile: plain data that `server/project` reads from disk and tests
 * write by hand. Every path is relative to the build context, with `/`, without `./`; the context itself is `''`.
 */

export interface ProjectFacts {
  readonly context: ContextFacts;
  /** Every go.mod of the context, by folder. */
  readonly modules: readonly GoModule[];
  /** The go.work at the context's root or nearest above the modules. */
  readonly workspace: GoWorkspace | undefined;
  /** By import path: packages of the context's modules, and of other modules where vendor/ or the module cache has their sources. */
  readonly packages: ReadonlyMap<string, GoPackage>;
  /** Builds of the Dockerfile in this context, as compose files, Bake files and workflows of the repository describe them. */
  readonly callers?: readonly Caller[];
}

export interface ContextFacts {
  /** False when nothing is known of the context (an unsaved file, a virtual folder): then no question about files has an answer. */
  readonly known: boolean;
  /** True when a folder above, up to the repository's own, is a Go module or workspace too: the build may start there. */
  readonly nested?: boolean;
  /** For a nested one: whether any folder above, up to the repository's, has or may have something at this path below it. */
  mayLieAbove?(path: string): boolean;
  /** The context's own folder in its repository; empty or absent for the root, and where no repository is known. */
  readonly folder?: string;
  /** The Dockerfile's own path, when it lies in the context. */
  readonly dockerfile: string | undefined;
  /** Regular files and links, before .dockerignore. */
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
  /** Folders that were not listed (too large, .git), or are generated and not there: what lies in them is unknown. */
  readonly unread: ReadonlySet<string>;
  /** Whether a path that is missing may be there when somebody builds, as .gitignore keeps it out of the repository. */
  mayBeMade?(path: string): boolean;
  /** The ignore file that Docker would use (`Dockerfile.dockerignore` before `.dockerignore`). */
  readonly ignoreFile: string | undefined;
  /** True when the ignore file hides the path from the build. */
  isIgnored(path: string): boolean;
  /** The line of the ignore file that hides the path. */
  hiding(path: string): IgnoreLine | undefined;
}

/** A line of an ignore file. */
export interface IgnoreLine {
  readonly pattern: string;
  readonly range: Range;
  readonly newline: '\n' | '\r\n';
}

export interface GoModule {
  /** Folder of the go.mod. */
  readonly dir: string;
  readonly mod: GoMod;
  readonly hasGoSum: boolean;
  /** Module paths of vendor/modules.txt; undefined without a vendor folder. */
  readonly vendored: ReadonlySet<string> | undefined;
}

/** A parsed go.mod; fields that are missing or unreadable are undefined or empty. */
export interface GoMod {
  readonly path: string | undefined;
  /** The `go` line, such as `1.24.0`. */
  readonly go: GoLine | undefined;
  readonly toolchain: GoLine | undefined;
  readonly requires: readonly GoRequire[];
  readonly replaces: readonly GoReplace[];
  /** Names of all directives met: module, go, toolchain, require, replace, exclude, retract, tool, godebug, ignore … */
  readonly directives: ReadonlySet<string>;
}

export interface GoLine {
  readonly version: string;
  /** Of the version in the file. */
  readonly range: Range;
}

export interface GoRequire {
  readonly path: string;
  readonly version: string;
  readonly indirect: boolean;
}

export interface GoReplace {
  readonly path: string;
  readonly version: string | undefined;
  /** A local folder (`./x`, `../x`, absolute) as written, or undefined when replaced by another module. */
  readonly folder: string | undefined;
  readonly target: string;
  /** Version of the module it is replaced by; undefined for a folder. */
  readonly targetVersion?: string | undefined;
}

export interface GoWorkspace {
  readonly dir: string;
  readonly go: GoLine | undefined;
  /** Folders of the members as written in `use`. */
  readonly uses: readonly string[];
}

export interface GoPackage {
  readonly importPath: string;
  /** Path of the module it belongs to. */
  readonly module: string;
  /** Its folder when it lies in the context and is not vendored. */
  readonly dir: string | undefined;
  readonly files: readonly GoFile[];
}

export interface GoFile {
  readonly name: string;
  readonly packageName: string;
  readonly imports: readonly string[];
  /** True when it imports "C". */
  readonly cgo: boolean;
  /** The expression of the `//go:build` line. */
  readonly constraint: string | undefined;
  /** Patterns of `//go:embed` lines. */
  readonly embeds: readonly string[];
  /** Names that its `#cgo` lines for Linux link with, and those of pkg-config; only of files that import "C". */
  readonly libraries?: readonly string[];
  /** It has a `//go:generate` line. */
  readonly generates?: true;
  /** What its code says, for files of the context's own modules; undefined where only the head was read. */
  readonly code?: GoCode;
}

/** What was read of a file behind its imports: only names that say something about the image a program needs. */
export interface GoCode {
  /** In the order met, each different one once. */
  readonly uses: readonly GoUse[];
  /** Variables and constants of the package. */
  readonly variables: readonly GoVariable[];
  /** Schemes of the URLs that its string literals begin with. */
  readonly schemes: readonly ('http' | 'https')[];
  readonly health: Health;
  /** Names of imported packages that it mentions, by import path; without the standard library, and imports with a dot or a `_`. */
  readonly mentions: ReadonlyMap<string, ReadonlySet<string>>;
  /** Its functions, and types with methods, that other packages can name. */
  readonly callable: readonly string[];
}

/** How a program can be asked whether it is well. */
export interface Health {
  /** Arguments with which the program itself asks, `-healthcheck` or the name of a subcommand; in package main alone. */
  readonly argument: string | undefined;
  /** Path that it answers over HTTP, such as `/healthz`. */
  readonly route: string | undefined;
}

/** A name of a package, method, function or variable that a file mentions; vocabulary.ts has the ones that are kept. */
export interface GoUse {
  /** Import path, without a major version at its end, of the package that qualifies it, aliases and dot imports resolved; `''` for every other name. */
  readonly from: string;
  readonly name: string;
  /** `set`: a variable or constant of that name is given a value, the only argument then; `field`: it is a key in a literal. */
  readonly kind: 'call' | 'mention' | 'set' | 'field';
  /** Of a call: what literals say (`filepath.Join` of literals too), how a URL begins that is put together; else undefined. */
  readonly arguments: readonly (string | number | undefined)[];
  /** Zero-based line of the first one. */
  readonly line: number;
  /** False when the qualifying name is also declared in the file, so that it may be something else here. */
  readonly sure: boolean;
  /** A file is opened, and the program goes on where there is none; an equal use that ends there is another one. */
  readonly tolerated?: true;
}

/** A variable or constant at the top level of a file. */
export interface GoVariable {
  readonly name: string;
  readonly constant: boolean;
  /** Undefined when no type is written. */
  readonly type: 'string' | 'other' | undefined;
  /** `text`: string literals, joined by `+`; `call`: what a function of the standard library gives; `none`: nothing is assigned. */
  readonly initial: 'none' | 'text' | 'call' | 'other';
}
