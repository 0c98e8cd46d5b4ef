import type { Range } from 'vscode-languageserver-types';
import type { ShellWord, SimpleCommand } from '../shell/model.ts';

/**
 * One flag of a go command, dashes removed: `-ldflags="-s -w"` is `ldflags` with the value's word (quotes still in it).
 * A variable or command substitution that stands for flags has an empty name, and itself as the value.
 */
export interface GoFlag {
  readonly name: string;
  readonly value: ShellWord | undefined;
  /** The flag and its value. */
  readonly range: Range;
}

/** `go build -o /app ./cmd/x`, also as `xx-go build …` and `go -C dir build …`. */
export interface GoCommand {
  readonly tool: 'go' | 'xx-go';
  /** build, install, mod, test, vet, generate, run, get, env, list, tool, work … */
  readonly verb: string;
  /** Second word of `go mod download`, `go work sync`, `go tool …`; undefined elsewhere. */
  readonly subverb: string | undefined;
  readonly verbRange: Range;
  /** The folder of `-C`. */
  readonly chdir: ShellWord | undefined;
  readonly flags: readonly GoFlag[];
  /** Packages, modules or files: what follows the flags. */
  readonly operands: readonly ShellWord[];
  readonly command: SimpleCommand;
  /** Range of the tool word (`go`), where an environment prefix can be inserted. */
  readonly toolRange: Range;
}

/** A Go version as Go orders them: 1.24 < 1.24rc1 < 1.24.0 < 1.24.1. `patch` is undefined for a language version such as 1.24. */
export interface GoVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number | undefined;
  /** `rc1`, `beta2`, or undefined. */
  readonly pre: string | undefined;
}
