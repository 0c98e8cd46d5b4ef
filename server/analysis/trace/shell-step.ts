import type { RunInstruction } from '../dockerfile/model.ts';
import type { GoModule } from '../go/project-facts.ts';
import type { Known } from '../known.ts';
import type { ShellWord, SimpleCommand } from '../shell/model.ts';
import type { Environment, Origin } from './model.ts';

/** A file that a command writes anew although its content, or nearly all of it, is what it was. */
export interface Rewritten {
  /** Where it lies before the command. */
  readonly path: string;
  readonly origin: Origin;
}

/** A command of a RUN, other than go, whose program is known, in the order in which they run. */
export interface ShellStep {
  readonly program: string;
  readonly command: SimpleCommand;
  readonly run: RunInstruction;
  /** Whether the stage surely has no such program: the package manager of another distribution. */
  readonly isForeign: boolean;
  /** For make and the like: the module in whose folder it runs, when that is known. */
  readonly module: GoModule | undefined;
  /** Environment variables of the command, by name. */
  readonly env: Environment;
  /** One of its words as the shell hands it over. */
  text(word: ShellWord): Known<string>;
  /** One of its words as a path, seen from the working directory of the command. */
  path(word: ShellWord): Known<string>;
  /** The files that chmod, chown, mv, strip and the like write anew: those named, and the Go binaries in folders named. */
  readonly rewrites: readonly Rewritten[];
}
