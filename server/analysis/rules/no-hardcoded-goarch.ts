import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { Instruction } from '../dockerfile/model.ts';
import { insertInstructionsAbove, replace } from '../edits.ts';
import { wordAfter, wordText } from '../go/word-text.ts';
import { knownValue, message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { commandsOfRun } from '../shell/commands.ts';
import type { GoBinary, StageTrace } from '../trace/model.ts';
import { platformOf } from '../trace/platform.ts';
import { rootFrom, shippedBinaries, startedBinary, withAncestors } from '../trace/questions.ts';

/** Where a GOARCH is written: a value in the prefix of the command, in an `export` before it, or in ENV. */
interface Setting {
  readonly range: Range;
  readonly instruction: Instruction;
}

const processor = /^(amd64|arm64|arm|386|ppc64le|riscv64|s390x|loong64)$/;

/** A name that says for which processor it is. */
const namesProcessor = (name: string | undefined): boolean =>
  /(^|[^a-z0-9])(amd64|arm64|arm|armv?[5-8]\w*|aarch64|x86(_64)?|i?386|ppc64le|riscv64|s390x)([^a-z0-9]|$)/i.test(
    name ?? '',
  );

const inRun = ({ run, command }: GoBinary, { dockerfile }: Subject): Range | undefined => {
  const prefix = command.command.assignments.find(({ name }) => name === 'GOARCH');
  if (prefix) return prefix.value?.range;
  const exported = commandsOfRun(run, dockerfile)
    .commands.filter((each) => each.words[0]?.raw === 'export')
    .flatMap(({ words }) => words.filter(({ raw }) => /^GOARCH=\w+$/.test(raw)));
  const [only] = exported;
  if (!only || exported.length > 1) return undefined;
  return wordAfter(only, only.raw.indexOf('=')).range;
};

const inEnv = (stage: StageTrace, { run }: GoBinary): Setting | undefined =>
  withAncestors(stage)
    .flatMap((each) => each.stage.instructions.toReversed())
    .filter((each) => each.keyword === 'ENV' && each.range.start.line < run.range.start.line)
    .flatMap((instruction) =>
      instruction.keyword === 'ENV'
        ? instruction.assignments.flatMap(({ name, value }) =>
            name === 'GOARCH' && value ? [{ range: value.range, instruction }] : [],
          )
        : [],
    )[0];

const settingOf = (binary: GoBinary, stage: StageTrace, subject: Subject): Setting | undefined => {
  const range = inRun(binary, subject);
  const setting = range ? { range, instruction: binary.run } : inEnv(stage, binary);
  const text = setting && wordText(subject.dockerfile.source.slice(setting.range));
  return text === knownValue(binary.goarch) ? setting : undefined;
};

const fixOf = ({ range, instruction }: Setting, stage: StageTrace, subject: Subject): readonly Fix[] => {
  const { source } = subject.dockerfile;
  if (instruction.keyword === 'RUN' && instruction.form.kind === 'exec') return [];
  const isDeclared = stage.stage.instructions.some(
    (each) => each.keyword === 'ARG' && each.assignments.some(({ name, value }) => name === 'TARGETARCH' && !value),
  );
  const above: readonly TextEdit[] = isDeclared
    ? []
    : [insertInstructionsAbove(source, instruction.range, ['ARG TARGETARCH'])];
  return [{ title: 'Build for the target platform', safe: false, edits: [...above, replace(range, '$TARGETARCH')] }];
};

/** Whether every build of the Dockerfile that the repository describes is for this processor. */
const isAskedFor = (arch: string, { project: { callers = [] } }: Subject): boolean =>
  callers.length > 0 &&
  callers.every(({ platforms }) => platforms.length > 0 && platforms.every((each) => each.split('/')[1] === arch));

/** A Dockerfile, or a stage of the chain, that is for one processor by its name. */
const isForOne = (stages: readonly StageTrace[], { project }: Subject): boolean =>
  namesProcessor(project.context.dockerfile) ||
  stages.some(({ stage }) => namesProcessor(stage.name) || namesProcessor(stage.from.image?.raw));

function* shipped(subject: Subject): Iterable<readonly [GoBinary, StageTrace]> {
  for (const found of shippedBinaries(subject.trace))
    if (found.shipped.role !== 'test') yield [found.binary, found.shipped];
  for (const stage of subject.trace.shipped) {
    const started = startedBinary(stage);
    if (started && withAncestors(stage).some((each) => each.binaries.includes(started))) yield [started, stage];
  }
}

function* check(subject: Subject): Iterable<Finding> {
  const { dockerfile, trace } = subject;
  const processors = new Set(trace.stages.flatMap(({ binaries }) => binaries.map(({ goarch }) => knownValue(goarch))));
  const reported = new Set<number>();
  for (const [binary, image] of shipped(subject)) {
    const stage = trace.stages[binary.stage];
    const arch = knownValue(binary.goarch);
    // Nobody knows for which processors an image of somebody else is.
    if (!stage || !image.rootImage || arch === undefined || !processor.test(arch) || processors.size > 1) continue;
    // The platform of an image says nothing of a program for another system.
    if ((knownValue(binary.goos) ?? 'linux') !== 'linux') continue;
    if (platformOf(image, dockerfile) !== 'target' || platformOf(stage, dockerfile) === 'unknown') continue;
    if (isAskedFor(arch, subject) || isForOne([...withAncestors(stage), ...withAncestors(image)], subject)) continue;
    const setting = settingOf(binary, stage, subject);
    const at = setting && dockerfile.source.offset(setting.range.start);
    if (!setting || at === undefined || reported.has(at)) continue;
    reported.add(at);
    yield {
      range: setting.range,
      message: message('The program is for {arch} whatever platform the image is for.', { arch }),
      related: [step(rootFrom(image).stage.from.range, 'The image that gets it has the target platform.')],
      fixes: fixOf(setting, stage, subject),
    };
  }
}

export const noHardcodedGoarch: Rule = {
  id: 'no-hardcoded-goarch',
  title: 'GOARCH is one processor in a Dockerfile for any platform',
  severity: 'warning',
  concern: 'cross-platform',
  why: `\`docker build\` makes an image for the machine it runs on, or for \`--platform\`. With \`GOARCH=amd64\` written out, an image
that calls itself linux/arm64 gets a program for amd64. The build passes on an Apple or Graviton machine; the container
ends with

    exec /app: exec format error

Docker sets \`TARGETARCH\` in every stage that declares it with \`ARG TARGETARCH\`. \`GOOS=linux\` may stay: all these images are
Linux.`,
  silent: [
    'Programs for another system, such as `GOOS=windows`, which a Linux image only carries.',
    'Values that come from a build argument, also as its default.',
    'Stages or base images whose `--platform` is written out, and Dockerfiles, stages and images with a processor in their name.',
    'Dockerfiles that build for several processors, or that compose files, Bake files and workflows build for this one alone.',
  ],
  references: [
    'https://docs.docker.com/build/building/multi-platform/#cross-compilation',
    'https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope',
  ],
  example: {
    bad: `FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 GOOS=linux GOARCH=amd64 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY . .
ARG TARGETARCH
RUN CGO_ENABLED=0 GOOS=linux GOARCH=$TARGETARCH go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};
