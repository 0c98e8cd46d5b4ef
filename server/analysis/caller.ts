import type { Position, Range } from 'vscode-languageserver-types';

/** A build of the Dockerfile in its context, as a compose file, a Bake file or a workflow of the repository describes it. */
export interface Caller {
  /** The file: a path relative to the build context, perhaps with `../`. */
  readonly path: string;
  readonly range: Range;
  /** `service web`, `target app`, `step Build`. */
  readonly name: string;
  /** Build arguments by name; undefined where the value is not known. */
  readonly args: ReadonlyMap<string, string | undefined>;
  readonly target: string | undefined;
  /** Build contexts that it names, as written (`docker-image://alpine:3.24`, `../lib`); undefined where the value is not known. */
  readonly contexts?: ReadonlyMap<string, string | undefined>;
  /** As written: `linux/arm64`; empty where nothing is asked for, or not known. */
  readonly platforms: readonly string[];
  /** Paths of the container over which it mounts something when it runs the image. */
  readonly mounts?: readonly string[];
  /** Names of environment variables that it sets for the container. */
  readonly environment?: readonly string[];
  /** Only where it starts the image's own program, and `environment` has all that it sets. */
  readonly memory?: MemoryLimit;
}

/** What a container may use. */
export interface MemoryLimit {
  readonly bytes: number;
  /** Where its file says so. */
  readonly range: Range;
  /** Where that file can give the container one more variable; undefined where that takes more than new lines. */
  readonly place?: VariablePlace;
}

/** Lines that add a variable: `before`, its name, `between`, its value, and the end of the line. */
export interface VariablePlace {
  readonly at: Position;
  readonly before: string;
  readonly between: string;
}
