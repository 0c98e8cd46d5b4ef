import { type ProgramCode, programCode } from '../go/program-code.ts';
import type { ProjectFacts } from '../go/project-facts.ts';
import type { Need } from '../go/runtime-needs.ts';
import { once } from '../once.ts';
import type { Subject } from '../rule.ts';
import type { GoBinary, StageTrace, Trace } from './model.ts';
import { below, normalize } from './paths.ts';
import { startedBinary } from './questions.ts';

/** A Go program that a container starts, with its code. */
export interface RunProgram {
  readonly shipped: StageTrace;
  readonly binary: GoBinary;
  /** Its path in the stage. */
  readonly path: string;
  readonly program: ProgramCode;
}

/** The program that surely runs: the one that is started, or the only one that lies in the image. */
const programOf = (stage: StageTrace): { readonly path: string; readonly binary: GoBinary } | undefined => {
  const started = startedBinary(stage);
  if (started) return stage.goFiles.find(({ binary }) => binary === started);
  return stage.start === undefined && stage.goFiles.length === 1 ? stage.goFiles[0] : undefined;
};

const programsOf = new WeakMap<Trace, readonly RunProgram[]>();

/** The Linux programs of the images that have to start, as far as their own code was read. */
export const runPrograms = ({ trace, project }: Subject): readonly RunProgram[] =>
  once(programsOf, trace, () => findPrograms(trace, project));

const findPrograms = (trace: Trace, project: ProjectFacts): readonly RunProgram[] =>
  trace.started.flatMap((shipped) => {
    const placed = programOf(shipped);
    if (!placed) return [];
    const { binary, path } = placed;
    const { flags, goos, cgo } = binary;
    if (!binary.package.known || !flags.complete || !goos.known || goos.value !== 'linux') return [];
    const how = { tags: flags.tags, cgo: cgo === 'on' || cgo === 'unknown' };
    const program = programCode(project, binary.package.value, how);
    return program?.main ? [{ shipped, binary, path, program }] : [];
  });

/** Whether a compose file lays something at, above or below a path when it runs an image of this file. */
export const isMounted = (path: string, { project }: Subject): boolean =>
  (project.callers ?? []).some(({ mounts = [] }) =>
    mounts.some((mount) => {
      const at = normalize(`/${mount}`);
      return mount.includes('$') || below(at, path) !== undefined || below(path, at) !== undefined;
    }),
  );

/** Whether a compose file sets one of these variables for the container. */
export const isSetByCaller = (names: readonly string[], { project }: Subject): boolean =>
  (project.callers ?? []).some(({ environment = [] }) => environment.some((name) => names.includes(name)));

/** How `COPY --from` names the stage that builds the program. */
export const builderOf = ({ binary }: RunProgram, { trace }: Subject): StageTrace | undefined =>
  trace.stages[binary.stage];

/** Name or number of a stage. */
export const stageName = ({ stage }: StageTrace): string => stage.name ?? String(stage.index);

/** `main.go:12` or an import path: what says that the program needs something. */
export const placeOf = ({ because, imported }: Need): string =>
  because ? `${because.path}:${because.use.line + 1}` : (imported ?? '');
