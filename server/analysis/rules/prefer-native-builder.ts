import { insertAt } from '../edits.ts';
import { message, step } from '../known.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import type { CopyTrace, GoBinary, StageTrace } from '../trace/model.ts';
import { onePlatform, platformOf, severalPlatforms } from '../trace/platform.ts';
import { shippedBinaries } from '../trace/questions.ts';

/** Files that are the same for every processor. */
const isData = (path: string): boolean =>
  /^\/(etc\/(ssl|passwd|group|ca-certificates|nsswitch\.conf|mime\.types)|usr\/(share|local\/share)|tmp|var\/empty)(\/|$)/.test(
    path,
  ) || /\.(pem|crt|zip|json|ya?ml|html|css|js|txt|sql|tmpl)$/.test(path);

/** A static program for the target, whatever machine it is built on. */
const isPortable = ({ linkage, withoutCgo, followsTarget, cgo, command }: GoBinary): boolean =>
  followsTarget &&
  command.tool === 'go' &&
  cgo === 'set-off' &&
  linkage.verdict === 'static' &&
  withoutCgo === 'static';

/** Whether all that a COPY takes from the stage is right for the target after the change too. */
const isRight = ({ from, sources }: CopyTrace, stage: StageTrace): boolean =>
  from !== stage ||
  sources.every((source) => {
    const file = source.known ? stage.lookup(source.value) : undefined;
    if (!source.known || !file) return false;
    if (isData(source.value)) return true;
    if (file.state !== 'present') return false;
    return file.origin.kind === 'context' || (file.origin.kind === 'go' && isPortable(file.origin.binary));
  });

/** Programs that the stage runs itself would be for the target, and would not run. */
const runsPrograms = ({ goSteps }: StageTrace): boolean =>
  goSteps.some(
    ({ command: { verb }, env }) => /^(run|generate|test|tool|install)$/.test(verb) && env.get('GOARCH') !== undefined,
  );

const isSafe = (stage: StageTrace, { trace, dockerfile }: Subject): boolean =>
  stage.base.kind === 'image' &&
  stage.role === 'intermediate' &&
  stage.rootImage?.go !== undefined &&
  !stage.opaque &&
  platformOf(stage, dockerfile) === 'target' &&
  !runsPrograms(stage) &&
  stage.usedBy.every((user) => {
    const other = trace.stages[user];
    return other?.base.kind !== 'stage' && other?.copies.every((copy) => isRight(copy, stage));
  });

function* check(subject: Subject): Iterable<Finding> {
  if (onePlatform(subject.project)) return;
  const reported = new Set<StageTrace>();
  for (const { binary } of shippedBinaries(subject.trace)) {
    const stage = subject.trace.stages[binary.stage];
    if (!stage || reported.has(stage) || !isPortable(binary) || !isSafe(stage, subject)) continue;
    const { from } = stage.stage;
    const { image } = from;
    if (!image || from.flags.some(({ name }) => name === 'platform')) continue;
    reported.add(stage);
    const edits = [insertAt(image.range.start, '--platform=$BUILDPLATFORM ')];
    yield {
      range: image.range,
      message: message(
        'For another platform than its own the machine emulates this stage, though go can cross-compile.',
      ),
      related: [
        step(binary.command.command.range, 'This build follows TARGETARCH, without cgo.'),
        ...severalPlatforms(subject.project),
      ],
      fixes: [{ title: 'Run the stage on the build platform', safe: false, edits }],
    };
  }
}

export const preferNativeBuilder: Rule = {
  id: 'prefer-native-builder',
  title: 'The Go compiler runs under emulation',
  severity: 'information',
  concern: 'cross-platform',
  why: `\`docker build --platform=linux/arm64\` on an amd64 machine runs every stage in the emulator QEMU, the Go compiler too:
several times slower, and without QEMU it ends with

    exec /bin/sh: exec format error

\`FROM --platform=$BUILDPLATFORM\` lets the stage run natively, and \`GOARCH=$TARGETARCH\` makes go compile for the target. The
program is the same. The last stage stays as it is: nothing runs there during the build.`,
  silent: [
    'Dockerfiles that compose, Bake and workflows build for one platform only.',
    'Builds with cgo, which need a C compiler for the target, and builds that do not use TARGETARCH.',
    'Stages from which other programs are copied: those would be for the wrong processor.',
    'Stages with a platform, stages that others are built on, and stages that run what they build.',
  ],
  references: ['https://docs.docker.com/build/building/multi-platform/#cross-compilation'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go': 'package main\n\nfunc main() {}\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
ARG TARGETOS TARGETARCH
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY . .
ARG TARGETOS TARGETARCH
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};
