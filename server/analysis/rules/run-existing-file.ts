import type { Word } from '../dockerfile/model.ts';
import { replace } from '../edits.ts';
import type { ContextFacts } from '../go/project-facts.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { GoBinary, PlacedBinary, StageTrace } from '../trace/model.ts';
import { basename, below, contextPath } from '../trace/paths.ts';
import { type ProgramFile, programFile, rootFrom, shownImage, withAncestors } from '../trace/questions.ts';
import { endsItsRun } from '../trace/run-status.ts';

/** The first word of an exec-form ENTRYPOINT or CMD. Exec forms expand no variable, but whoever writes one means its value. */
const programWord = ({ start }: StageTrace): Word | undefined => {
  if (!start?.direct) return undefined;
  const { instruction } = start;
  if (instruction.keyword !== 'ENTRYPOINT' && instruction.keyword !== 'CMD') return undefined;
  const word = instruction.form.kind === 'exec' ? instruction.form.words[0] : undefined;
  return word && word.raw !== '' && !word.raw.includes('$') ? word : undefined;
};

/** Built from a module of the project, not a tool that was installed. */
const isOwn = ({ module, package: main }: GoBinary): boolean =>
  main.known && module?.mod.path !== undefined && below(`/${module.mod.path}`, `/${main.value}`) !== undefined;

/** Whether a COPY from the build context may bring what its folder does not hold now: a program built beside the Dockerfile. */
const contextMayBring = (stage: StageTrace, path: string, context: ContextFacts): boolean =>
  withAncestors(stage).some(({ copies }) =>
    copies.some(({ from, sources, destination }) => {
      if (from || sources.every((source) => source.known && context.files.has(contextPath(source.value)))) return false;
      return !destination.known || below(destination.value, path) !== undefined;
    }),
  );

const isVolume = (stage: StageTrace, path: string): boolean =>
  withAncestors(stage).some(({ stage: { instructions } }) =>
    instructions.some(
      (each) => each.keyword === 'VOLUME' && each.words.some(({ raw }) => below(raw, path) !== undefined),
    ),
  );

/** An image into which no program was brought gets one when it runs, from a volume. */
const isFilled = (stage: StageTrace, own: readonly PlacedBinary[], path: string, context: ContextFacts): boolean => {
  if (isVolume(stage, path)) return false;
  if (own.length > 0) return true;
  const copied = withAncestors(stage).some(({ copies }) => copies.some(({ from }) => from && from !== 'unknown'));
  return copied && !stage.rootImage?.go && !contextMayBring(stage, path, context);
};

const fixesFor = (word: Word, stage: StageTrace, own: readonly PlacedBinary[]): readonly Fix[] => {
  const same = own.filter(({ path }) => basename(path) === basename(word.raw));
  const [only, ...others] = same.length > 0 ? same : own;
  if (!only || others.length > 0 || !stage.stage.instructions.includes(stage.start?.instruction ?? stage.stage.from)) {
    return [];
  }
  return [{ title: `Start ${only.path}`, safe: true, edits: [replace(word.range, only.path)] }];
};

const sentence = ({ path, state }: ProgramFile): string => {
  if (state === 'folder') return '{path} is a folder in the image: the container does not start.';
  return path.startsWith('/')
    ? 'Nothing brings {path} into the image: the container does not start.'
    : '{path} is in no folder of PATH: the container does not start.';
};

const managerOf = ({ libc, rootImage }: StageTrace): string => {
  if (rootImage?.family === 'busybox') return 'This image has no package manager.';
  return libc === 'musl' ? 'This image is Alpine: apk installs.' : 'This image is Debian: apt-get installs.';
};

/** Package managers of other distributions than the image's. */
function* foreignPrograms({ dockerfile, trace }: Subject): Iterable<Finding> {
  for (const stage of trace.stages) {
    const foreign = stage.commands.find((each) => each.isForeign && endsItsRun(each, dockerfile));
    const word = foreign?.command.words[0];
    if (!word) continue;
    const image = shownImage(stage);
    yield {
      range: word.range,
      message: message('{image} has no {program}: the build stops.', { image, program: word.raw }),
      related: [step(rootFrom(stage).stage.from.range, managerOf(stage), {})],
    };
  }
}

function* check(subject: Subject): Iterable<Finding> {
  yield* foreignPrograms(subject);
  const { trace, project } = subject;
  const seen = new Set<Word>();
  for (const stage of trace.started) {
    const word = programWord(stage);
    const file = word && programFile(stage, word.raw);
    if (!word || !file || file.state === 'present' || seen.has(word)) continue;
    const own = stage.goFiles.filter(({ binary }) => isOwn(binary));
    if (!isFilled(stage, own, file.path, project.context)) continue;
    seen.add(word);
    yield {
      range: word.range,
      message: message(sentence(file), { path: file.path }),
      related: own.map(({ path, binary }) =>
        step(binary.command.command.range, 'What this command builds lies at {path}.', { path }),
      ),
      fixes: fixesFor(word, stage, own),
    };
  }
}

export const runExistingFile: Rule = {
  id: 'run-existing-file',
  title: 'ENTRYPOINT, CMD or RUN names a program that is not there',
  severity: 'error',
  concern: 'starts',
  why: `The build does not look at what ENTRYPOINT and CMD name. If no instruction brought that file, the container ends
with code 127, and with 126 if there is a folder of that name:

    exec: "/app": stat /app: no such file or directory
    exec: "/app": permission denied

The second one comes from \`COPY --from=build /out/app /app\` below \`WORKDIR /app\`: as \`/app\` is a folder by then, the
program lies at \`/app/app\`. The other way round, a relative name such as \`./app\` is looked up in the last WORKDIR, and a
bare \`app\` in the folders of PATH, never in \`/\`.

A RUN that starts the package manager of another distribution ends the build, as \`golang:1.26\` is Debian and
\`golang:1.26-alpine\` is Alpine:

    /bin/sh: 1: apk: not found
    /bin/sh: apt-get: not found`,
  silent: [
    'Paths that a script, make, an unknown image or a pattern may have filled, and system folders of the base image.',
    'Folders of the build context that are copied, as the program may be built beside the Dockerfile; volumes.',
    'Images that hold no program of their own, and shell forms of ENTRYPOINT and CMD.',
    'Other programs of a RUN, conditions, `apk … || …`, and what a later command of the same RUN makes good.',
  ],
  references: [
    'https://docs.docker.com/reference/dockerfile/#entrypoint',
    'https://docs.docker.com/reference/dockerfile/#copy',
  ],
  example: {
    files: { 'go.mod': 'module example.com/app\n\ngo 1.26\n', 'main.go': 'package main\n\nfunc main() {}\n' },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/app .

FROM gcr.io/distroless/static-debian13:nonroot
WORKDIR /app
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/app .

FROM gcr.io/distroless/static-debian13:nonroot
WORKDIR /app
COPY --from=build /out/app /app
ENTRYPOINT ["/app/app"]`,
  },
  check,
};
