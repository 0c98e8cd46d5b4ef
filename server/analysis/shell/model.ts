import type { Range } from 'vscode-languageserver-types';

/** A word as written; `raw` stands at `range`, unless the word was made up from a nested script. */
export interface ShellWord {
  readonly raw: string;
  readonly range: Range;
}

export interface ShellAssignment {
  readonly name: string;
  readonly value: ShellWord | undefined;
  readonly range: Range;
}

export interface ShellRedirect {
  /** `>`, `>>`, `<`, `2>`, `&>`, `<<` … */
  readonly operator: string;
  readonly target: ShellWord | undefined;
}

/** One simple command of a script. */
export interface SimpleCommand {
  /** NAME=value words before the command; a command of nothing but assignments has no words. */
  readonly assignments: readonly ShellAssignment[];
  /** The command's name first. */
  readonly words: readonly ShellWord[];
  readonly redirects: readonly ShellRedirect[];
  readonly range: Range;
  /** `maybe`: in a branch, loop, function, case, background job, or after `||`; `always` otherwise (`&&` and `;` count as always). */
  readonly runs: 'always' | 'maybe';
  /** Subshell path: `[]` is the script itself, `[0]` its first subshell, command substitution or pipeline part. State does not leak outward. */
  readonly scope: readonly number[];
}

/** Every simple command in the order of the text; those inside `$(…)`, backticks, `sh -c '…'` and shell heredocs too. */
export interface ShellScript {
  readonly commands: readonly SimpleCommand[];
  /** False when the text could not be parsed to its end: then anything may have happened. */
  readonly complete: boolean;
}
