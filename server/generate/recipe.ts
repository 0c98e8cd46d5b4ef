import type { Tri } from '../analysis/known.ts';
import type { CommentLanguage, Credentials, FinalBase } from '../protocol.ts';

/** Everything a Dockerfile of ours consists of; the generator fills it from a project, a snippet with its tab stops. */
export interface Recipe {
  readonly base: FinalBase;
  /** Image reference of the first stage. */
  readonly builder: string;
  readonly cgo: boolean;
  /** Part of the C code is C++. */
  readonly cxx: boolean;
  /** Debian's or Alpine's, whichever the builder is: what the C code is compiled with. */
  readonly buildPackages: readonly string[];
  /** Absolute folder in which go runs, and the one the context is copied to. */
  readonly workdir: string;
  readonly root: string;
  /** `COPY go.mod go.sum ./` and the like; empty when nothing is downloaded. */
  readonly copyModules: readonly string[];
  readonly namedContexts: readonly NamedContext[];
  readonly vendored: boolean;
  /** `-mod=vendor` has to be said: the go line is older than 1.14. */
  readonly saysVendor: boolean;
  readonly credentials: Credentials;
  /** Patterns of GOPRIVATE, and the hosts among them that ssh asks. */
  readonly goPrivate: readonly string[];
  readonly cache: 'mounts' | 'layers';
  /** Compiled for on the builder's own platform. */
  readonly platforms: readonly string[];
  /** Compiled for on themselves, which the builder emulates: C needs a compiler for each. */
  readonly emulated: readonly string[];
  readonly comments: boolean;
  readonly language: CommentLanguage;
  /** As `-X` of the linker names them. */
  readonly versionVariables: readonly string[];
  /** A program asks what it was built from, and has no variable for it: .git stays out all the same. */
  readonly withoutCommit: boolean;
  /** Flags of go build and of the linker that an author wrote; they are there beside ours. */
  readonly authorFlags: AuthorFlags;
  readonly upx: boolean;
  readonly reproducible: boolean;
  /** Argument of go test; undefined without a stage for tests. */
  readonly test: string | undefined;
  readonly debug: boolean;
  readonly web: WebStage | undefined;
  /** The one that is built without a target first. */
  readonly programs: readonly Program[];
}

export interface AuthorFlags {
  readonly build: readonly string[];
  readonly tags: readonly string[];
  readonly linker: string;
}

export const noAuthorFlags: AuthorFlags = { build: [], tags: [], linker: '' };

/** A local module outside the build context: `docker build --build-context NAME=FOLDER`. */
export interface NamedContext {
  readonly name: string;
  /** As go.mod writes it. */
  readonly folder: string;
  /** Absolute, where go looks for it in the build stage. */
  readonly target: string;
}

/** Node makes what the program embeds. Folders are relative to the context. */
export interface WebStage {
  readonly dir: string;
  readonly manager: 'npm' | 'pnpm' | 'yarn';
  readonly lockFile: string | undefined;
  readonly settings?: { readonly files: readonly string[]; readonly folders: readonly string[] };
  readonly output: string;
}

/** A program and the image that runs it. */
export interface Program {
  /** File name; the target's name too when there are several. */
  readonly name: string;
  /** Where go build writes it, and where the last stage has it: absolute. */
  readonly output: string;
  readonly path: string;
  /** Argument of go build. */
  readonly operand: string;
  /** Image reference of the last stage. */
  readonly final: string;
  readonly runPackages: readonly string[];
  /** What is copied because the last stage lacks it; `unknown` is copied too, with another comment. */
  readonly certificates: Tri;
  readonly zones: Tri;
  /** Its user needs an entry in /etc/passwd that the last stage lacks. */
  readonly passwd: boolean;
  readonly temp: boolean;
  /** It writes to /tmp, or may. */
  readonly writesTemp: boolean;
  /** Folders and files the program opens at run time. */
  readonly runtimeFiles: readonly string[];
  readonly port: string | undefined;
  readonly labels: readonly (readonly [key: string, value: string])[];
  readonly healthcheck: Healthcheck | undefined;
}

/** Either an argument of the program itself, or a path that wget of the image asks. */
export type Healthcheck = { readonly argument: string } | { readonly route: string };

const plain = /^[^\s"'\\$[\]*?]+$/;

/** A word for a shell: quoted when it has to be. */
export const shellWord = (word: string): string => (plain.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** `COPY a b dest`, as a JSON array when a name has blanks in it. */
export const copyLine = (sources: readonly string[], destination: string, ...flags: readonly string[]): string => {
  const words = [...sources, destination];
  const operands = words.every((word) => plain.test(word)) ? words.join(' ') : JSON.stringify(words);
  return ['COPY', ...flags, operands].join(' ');
};

/** Whether the builder has apk instead of apt. */
export const onAlpine = ({ builder }: Recipe): boolean => builder.includes('alpine');

/** C code for a last stage without a libc: linked into the program, with the resolver and the user lookup of Go. */
export const linksAll = ({ cgo, base }: Recipe): boolean =>
  cgo && (base === 'scratch' || base === 'distroless-static' || base === 'chainguard-static');
