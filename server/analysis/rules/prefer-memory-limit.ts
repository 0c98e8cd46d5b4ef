import type { Caller } from '../caller.ts';
import { insertAt, insertInstructionsAbove } from '../edits.ts';
import { message } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { StageTrace, Start, Trace } from '../trace/model.ts';
import { isSetByCaller, type RunProgram, runPrograms } from '../trace/programs.ts';
import { goStepOf } from '../trace/questions.ts';

/** A caller that limits the memory of the container. */
type Limiting = Caller & Required<Pick<Caller, 'memory'>>;

const mebi = 2 ** 20;

const isFor = (stage: StageTrace, { target }: Caller, { stages }: Trace): boolean =>
  target === undefined ? stage === stages.at(-1) : stage.stage.name?.toLowerCase() === target.toLowerCase();

const limitsOf = ({ shipped }: RunProgram, { project, trace }: Subject): readonly Limiting[] =>
  (project.callers ?? []).filter(
    (caller): caller is Limiting => caller.memory !== undefined && isFor(shipped, caller, trace),
  );

/** The image, a caller or the program itself sets the limit, or tunes the collector otherwise; or it may be so. */
const mayBeTuned = ({ shipped, program, binary }: RunProgram, subject: Subject): boolean => {
  const module = subject.project.modules.find(({ mod }) => mod.path === program.main?.known.module);
  return (
    ['GOMEMLIMIT', 'GOGC'].some((name) => shipped.env.get(name) !== undefined) ||
    isSetByCaller(['GOMEMLIMIT', 'GOGC'], subject) ||
    program.uses.some(({ use }) => /^Set(MemoryLimit|GCPercent)$/.test(use.name)) ||
    // It reads the limit of the container.
    !module ||
    module.mod.requires.some(({ path }) => path.endsWith('/automemlimit')) ||
    (goStepOf(binary, subject.trace)?.toolchain?.minor ?? 0) < 19
  );
};

/** Nine tenths of a limit. */
const goalOf = ({ memory }: Limiting): string => `${Math.floor((memory.bytes * 0.9) / mebi)}MiB`;

/** In the files that set the limits; the image keeps none. */
const besideTheLimits = (limits: readonly Limiting[]): readonly Fix[] => {
  const paths = [...new Set(limits.map(({ path }) => path))];
  const [path = ''] = paths;
  if (paths.length > 1 || path.startsWith('../')) return [];
  const edits = limits.flatMap((caller) => {
    const { place } = caller.memory;
    return place ? [insertAt(place.at, `${place.before}GOMEMLIMIT${place.between}${goalOf(caller)}\n`)] : [];
  });
  if (edits.length < limits.length) return [];
  return [
    {
      title: `Set GOMEMLIMIT in ${path}, to nine tenths of the limit`,
      safe: false,
      edits: [],
      files: [{ path, edits }],
    },
  ];
};

const inTheImage = (
  { shipped }: RunProgram,
  { instruction }: Start,
  limits: readonly Limiting[],
  { dockerfile }: Subject,
): readonly Fix[] => {
  const [goal, ...others] = new Set(limits.map(goalOf));
  if (others.length > 0 || !shipped.stage.instructions.includes(instruction)) return [];
  const edits = [insertInstructionsAbove(dockerfile.source, instruction.range, [`ENV GOMEMLIMIT=${goal}`])];
  return [{ title: `Set GOMEMLIMIT to ${goal} in the image`, safe: false, edits }];
};

function* check(subject: Subject): Iterable<Finding> {
  for (const found of runPrograms(subject)) {
    const { shipped } = found;
    const limits = limitsOf(found, subject);
    const [first] = limits;
    if (!first || first.memory.bytes < 16 * mebi || !shipped.start || !subject.trace.shipped.includes(shipped))
      continue;
    if (mayBeTuned(found, subject)) continue;
    const values = { name: first.name, program: found.path, memory: `${Math.round(first.memory.bytes / mebi)} MiB` };
    yield {
      range: shipped.start.instruction.range,
      message: message(
        'The {name} may use {memory} of memory, and the garbage collector of {program} is not told: GOMEMLIMIT is not set.',
        values,
      ),
      elsewhere: {
        path: first.path,
        range: first.memory.range,
        message: message(
          'The garbage collector of {program} is not told of this limit: GOMEMLIMIT is not set.',
          values,
        ),
      },
      fixes: [...besideTheLimits(limits), ...inTheImage(found, shipped.start, limits, subject)],
    };
  }
}

export const preferMemoryLimit: Rule = {
  id: 'prefer-memory-limit',
  title: 'The container has a memory limit that the garbage collector does not know',
  severity: 'hint',
  concern: 'safe',
  why: `Go collects when the heap has doubled, whatever the container may use: a program that holds 36 MB grows to more than
70 MB between two collections, and in a container with 64 MB the kernel kills it (exit status 137, \`OOMKilled\`) without
a word in its log. Go (up to 1.27) does not read the memory limit of its container; the CPU limit it reads since 1.25.

With \`GOMEMLIMIT\` somewhat below the limit, the program collects earlier as it comes near. It is a soft limit: who holds
more than that is killed nevertheless. It belongs where the limit is set; in the image it is a default, which
\`environment:\` of a service can change.

Switch it off where the limit is far above what the program ever needs.`,
  silent: [
    'Limits in other files than compose files of the repository, services with `env_file`, `extends`, `entrypoint` or `command`, and limits below 16 MiB.',
    'Programs that set GOMEMLIMIT or GOGC, call SetMemoryLimit or SetGCPercent, or require automemlimit; Go before 1.19.',
    'Programs that a script or a shell starts, and those whose code was not read.',
  ],
  references: [
    'https://go.dev/doc/gc-guide#Memory_limit',
    'https://docs.docker.com/reference/compose-file/services/#mem_limit',
    'https://go.dev/doc/go1.25#container-aware-gomaxprocs',
  ],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go': 'package main\n\nfunc main() {}\n',
      'compose.yaml': 'services:\n  web:\n    build: .\n    mem_limit: 512m\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENV GOMEMLIMIT=460MiB
ENTRYPOINT ["/app"]`,
  },
  check,
};
