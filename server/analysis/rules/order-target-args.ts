import type { ArgInstruction, Dockerfile } from '../dockerfile/model.ts';
import { insertLinesBelow, removeLines } from '../edits.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { commandsOfRun } from '../shell/commands.ts';
import type { GoStep, StageTrace } from '../trace/model.ts';
import { isDownload } from '../trace/modules.ts';
import { platformOf } from '../trace/platform.ts';

const line = ({ range }: Pick<ArgInstruction, 'range'>): number => range.start.line;

/** `ARG TARGETOS TARGETARCH`, without defaults. */
const isTarget = ({ assignments }: ArgInstruction): boolean =>
  assignments.length > 0 &&
  assignments.every(({ name, value }) => !value && /^TARGET(ARCH|OS|VARIANT|PLATFORM)$/.test(name));

/** Whether nothing between reads the arguments: no text names them, and no program but the download runs. */
const isUnread = (arg: ArgInstruction, download: GoStep, { stage }: StageTrace, { dockerfile }: Subject): boolean =>
  stage.instructions
    .filter((each) => line(each) > line(arg) && line(each) <= line(download.run))
    .every(
      (each) =>
        !/TARGET/.test(dockerfile.source.slice(each.range)) && (each.keyword !== 'RUN' || each === download.run),
    ) && commandsOfRun(download.run, dockerfile).commands.length === 1;

/** The names that are declared again below the download before anything can read them. */
const declaredAgain = (run: GoStep['run'], { stage }: StageTrace, { source }: Dockerfile): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const each of stage.instructions.filter((one) => line(one) > line(run))) {
    if (each.keyword === 'ARG' && !each.onbuild) for (const { name } of each.assignments) names.add(name);
    else if (each.keyword === 'RUN' || /TARGET/.test(source.slice(each.range))) break;
  }
  return names;
};

const fixOf = (arg: ArgInstruction, { run }: GoStep, stage: StageTrace, { dockerfile }: Subject): Fix => {
  const { source } = dockerfile;
  const again = declaredAgain(run, stage, dockerfile);
  const left = arg.assignments.filter(({ name }) => !again.has(name));
  const gone = removeLines(arg.range);
  if (left.length === 0) {
    return { title: 'Remove it, as it is declared below the download, too', safe: true, edits: [gone] };
  }
  const text = again.size === 0 ? source.slice(arg.range) : `ARG ${left.map(({ name }) => name).join(' ')}`;
  return {
    title: 'Move it below the download',
    safe: true,
    edits: [gone, insertLinesBelow(source, run.range, [text])],
  };
};

function* checkStage(stage: StageTrace, subject: Subject): Iterable<Finding> {
  if (platformOf(stage, subject.dockerfile) !== 'builder') return;
  const downloads = stage.goSteps.filter(isDownload);
  for (const arg of stage.stage.instructions) {
    if (arg.keyword !== 'ARG' || arg.onbuild || !isTarget(arg)) continue;
    const download = downloads.find(({ run }) => line(run) > line(arg));
    if (!download || !isUnread(arg, download, stage, subject)) continue;
    const [first] = arg.assignments;
    yield {
      range: arg.range,
      message: message('{name} is another for every platform, so that each of them downloads the modules anew.', {
        name: first?.name ?? '',
      }),
      related: [step(download.run.range, 'This layer is the same for all platforms.')],
      fixes: [fixOf(arg, download, stage, subject)],
    };
  }
}

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) yield* checkStage(stage, subject);
}

export const orderTargetArgs: Rule = {
  id: 'order-target-args',
  title: 'The target platform is declared above the download',
  severity: 'hint',
  concern: 'fast',
  why: `A RUN sees every ARG above it, so that Docker takes its layer from the cache only where all of them have the same
value. With \`ARG TARGETARCH\` above \`go mod download\` a build for three platforms downloads the modules three times,
although they are the same for all.`,
  silent: [
    'Stages that run on the target platform: their layers differ anyway.',
    'Arguments that something above the download reads, or may read.',
  ],
  references: [
    'https://docs.docker.com/reference/dockerfile/#impact-on-build-caching',
    'https://docs.docker.com/build/building/multi-platform/#cross-compilation',
  ],
  example: {
    bad: `FROM --platform=$BUILDPLATFORM golang:1.26 AS build
ARG TARGETOS TARGETARCH
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
ARG TARGETOS TARGETARCH
COPY . .
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};
