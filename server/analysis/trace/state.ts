import type { Dockerfile, Instruction, Stage } from '../dockerfile/model.ts';
import type { ProjectFacts } from '../go/project-facts.ts';
import type { BaseImage } from '../images/model.ts';
import type { Known, Tri } from '../known.ts';
import type { MadeFolder } from './copy-trace.ts';
import type { Variables } from './environment.ts';
import type { FileTree } from './file-tree.ts';
import type { CopyTrace, GoBinary, GoStep, Moment, StageBase, StageTrace } from './model.ts';
import type { Passed } from './passed.ts';
import type { ShellStep } from './shell-step.ts';

/**
 * One stage while its instructions are walked. The steps under `steps/` and `run/` write it; what leaves the trace is
 * the read-only StageTrace.
 */
export interface StageState {
  readonly stage: Stage;
  readonly base: StageBase;
  readonly rootImage: BaseImage | undefined;
  readonly env: Variables;
  /** Names that ENV set in this stage or its base: an ARG of the same name has no effect. */
  readonly setByEnv: Set<string>;
  readonly files: FileTree;
  workdir: Known<string>;
  user: Known<string>;
  userSetBy: Instruction | undefined;
  /** `/bin/sh -c` unless a SHELL instruction says otherwise; undefined for a shell that is not POSIX. */
  shell: string | undefined;
  cCompiler: Tri;
  opaque: boolean;
  /** True after a command that edits go.mod: the module is then no longer the one in the context. */
  moduleEdited: boolean;
  entrypoint: Instruction | undefined;
  cmd: Instruction | undefined;
  readonly goSteps: GoStep[];
  readonly commands: ShellStep[];
  readonly binaries: GoBinary[];
  readonly copies: CopyTrace[];
  readonly madeFolders: MadeFolder[];
  readonly moments: Map<Instruction, Moment>;
  /** Names given to `apk add`, `apt-get install` and the like that surely ran. */
  readonly packages: Set<string>;
  /** True when others than those may have been installed: names in variables, or a command that may not run. */
  packagesOpen: boolean;
  /** Users whose uid is known. */
  readonly users: Map<string, number>;
  /** Their home folders, of those that a command added. */
  readonly homes: Map<string, string>;
  /** False when a user may have been added, or changed, whose number is not in `users`. */
  usersListed: boolean;
}

/** What a step may look at beside its own stage. */
export interface Walk {
  readonly dockerfile: Dockerfile;
  readonly project: ProjectFacts;
  /** Finished stages, by index. */
  readonly stages: readonly StageTrace[];
  /** The last finished stage of each name. */
  readonly stagesByName: ReadonlyMap<string, StageTrace>;
  /** Defaults of the ARGs above the first FROM. */
  globalArg(name: string): Known<string> | undefined;
  readonly passed: Passed;
}
