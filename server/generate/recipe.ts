import type { Tri } from '../analysis/known.ts';
import type { FinalBase } from '../protocol.ts';

/** Everything a Dockerfile of ours consists of; the generator fills it from a project, a snippet with its tab stops. */
export interface Recipe {
  readonly base: FinalBase;
  /** Image references of the first and the last stage. */
  readonly builder: string;
  readonly final: string;
  readonly cgo: boolean;
  /** Part of the C code is C++. */
  readonly cxx: boolean;
  /** Absolute folder in which go runs, and the one the context is copied to. */
  readonly workdir: string;
  readonly root: string;
  /** `COPY go.mod go.sum ./` and the like; empty when nothing is downloaded. */
  readonly copyModules: readonly string[];
  /** Said above them: what they cannot copy. */
  readonly outside: readonly string[];
  readonly vendored: boolean;
  /** `-mod=vendor` has to be said: the go line is older than 1.14. */
  readonly saysVendor: boolean;
  /** Argument of go build. */
  readonly operand: string;
  /** File name of the program. */
  readonly name: string;
  readonly cache: 'mounts' | 'layers';
  readonly crossPlatform: boolean;
  readonly comments: boolean;
  readonly versionVariable: string | undefined;
  /** What is copied because the last stage lacks it; `unknown` is copied too, with another comment. */
  readonly certificates: Tri;
  readonly zones: Tri;
  /** Its user needs an entry in /etc/passwd that the last stage lacks. */
  readonly passwd: boolean;
  readonly temp: boolean;
  /** Folders and files the program opens at run time. */
  readonly runtimeFiles: readonly string[];
  readonly port: string | undefined;
}

const plain = /^[^\s"'\\$[\]*?]+$/;

/** A word for a shell: quoted when it has to be. */
export const shellWord = (word: string): string => (plain.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** `COPY a b dest`, as a JSON array when a name has blanks in it. */
export const copyLine = (sources: readonly string[], destination: string): string => {
  const words = [...sources, destination];
  return `COPY ${words.every((word) => plain.test(word)) ? words.join(' ') : JSON.stringify(words)}`;
};
