import type { Dockerfile, Instruction, Stage } from '../../analysis/dockerfile/model.ts';
import { parseDockerfile } from '../../analysis/dockerfile/parse.ts';
import type { Reading } from '../../analysis/go/reading.ts';
import { knownValue } from '../../analysis/known.ts';
import type { GoBinary, StageTrace } from '../../analysis/trace/model.ts';
import { traceDockerfile } from '../../analysis/trace/trace.ts';

/** An existing Dockerfile, as far as it matters to a rewrite. */
export interface Author {
  readonly dockerfile: Dockerfile;
  /** The last stage. */
  readonly last: StageTrace;
  /** The stage that compiles the program, and those it starts from, the lowest first; it may be the last stage itself. */
  readonly chain: readonly StageTrace[];
  /** Stages below those from which others start too, the lowest first: they stay as they are. */
  readonly shared: readonly StageTrace[];
  /** Compiles and runs in one stage. */
  readonly single: boolean;
  /** The program that the last stage runs; undefined for `go run`. */
  readonly binary: GoBinary | undefined;
  /** Where the last stage has it: absolute. */
  readonly path: string | undefined;
  /** Where it is put instead: not below /root, where only root may go, and where PATH leads when it is started by name. */
  readonly newPath: string | undefined;
}

/** Why a file cannot be rewritten, in one sentence. */
export interface Refusal {
  readonly reason: string;
}

const startedPath = (last: StageTrace): string | undefined => {
  const program = last.start?.words?.[0];
  if (program === undefined || program === '') return undefined;
  if (program.startsWith('/')) return program;
  const workdir = knownValue(last.workdir);
  if (!program.includes('/') || workdir === undefined) return undefined;
  return `${workdir === '/' ? '' : workdir}/${program.replace(/^\.\//, '')}`;
};

const chainOf = (stage: StageTrace): readonly StageTrace[] =>
  stage.base.kind === 'stage' ? [...chainOf(stage.base.stage), stage] : [stage];

interface Placed {
  readonly binary: GoBinary;
  readonly path: string | undefined;
}

/** The Go program that the last stage starts, or the only one that lies in it. */
const programIn = (last: StageTrace): Placed | undefined => {
  const path = startedPath(last);
  const found = path === undefined ? undefined : last.lookup(path);
  if (path !== undefined && found?.state === 'present' && found.origin.kind === 'go') {
    return { binary: found.origin.binary, path };
  }
  const [only, ...more] = last.goFiles;
  if (only && more.length === 0) return only;
  const inPath = last.goFiles.find((file) => file.path.split('/').at(-1) === last.start?.words?.[0]);
  return inPath;
};

const runsGo = (stage: StageTrace): boolean => stage.start?.words?.[0] === 'go' && stage.start.words[1] === 'run';

const placeOf = (path: string, last: StageTrace, single: boolean): string => {
  const byName = single && !(last.start?.words?.[0] ?? '/').includes('/');
  return byName || path.startsWith('/root/') ? `/usr/local/bin/${path.split('/').at(-1) ?? ''}` : path;
};

/** Reads a Dockerfile for a rewrite. */
export const readAuthor = (text: string, { facts }: Reading): Author | Refusal => {
  const dockerfile = parseDockerfile(text);
  const trace = traceDockerfile(dockerfile, facts);
  const last = trace.stages.at(-1);
  if (!last) return { reason: 'The file has no stage.' };
  if (runsGo(last))
    return {
      dockerfile,
      last,
      chain: chainOf(last),
      shared: [],
      single: true,
      binary: undefined,
      path: undefined,
      newPath: undefined,
    };
  const placed = programIn(last);
  if (!placed) return { reason: 'Which Go program the last stage runs, and what builds it, cannot be told.' };
  const builder = trace.stages[placed.binary.stage];
  if (!builder) return { reason: 'Which stage builds the program cannot be told.' };
  const all = chainOf(builder);
  const split = all.slice(0, -1).findLastIndex(({ usedBy }) => usedBy.length > 1) + 1;
  const [shared, chain] = [all.slice(0, split), all.slice(split)];
  const single = builder === last;
  const { binary, path } = placed;
  return { dockerfile, last, chain, shared, single, binary, path, newPath: path && placeOf(path, last, single) };
};

/** Everything in the stages that compile, in order; the FROM lines of stages above the lowest left out. */
export const buildInstructions = ({ chain }: Author): readonly Instruction[] =>
  chain.flatMap(({ stage }, at) => (at === 0 ? [stage.from, ...stage.instructions] : stage.instructions));

/** The stages that neither compile nor are the last one. */
export const otherStages = ({ dockerfile, chain, last }: Author): readonly Stage[] =>
  dockerfile.stages.filter((stage) => stage !== last.stage && !chain.some((each) => each.stage === stage));
