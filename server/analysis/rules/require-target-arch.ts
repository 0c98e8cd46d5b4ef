import { insertInstructionsAbove, replace } from '../edits.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { GoBinary, GoStep } from '../trace/model.ts';
import { platformOf, severalPlatforms } from '../trace/platform.ts';
import { goStepOf, rootFrom, shippedBinaries } from '../trace/questions.ts';

/** `go install` puts what it builds for another platform into a folder of its own, which no COPY expects. */
const fixOf = (goStep: GoStep, { dockerfile }: Subject): readonly Fix[] => {
  const { command, run, env, shell } = goStep;
  const isPlain = run.form.kind === 'shell' && /(^|\/)go$/.test(dockerfile.source.slice(command.toolRange));
  if (command.verb !== 'build' || !isPlain) return [];
  const named = env.get('GOOS') === undefined ? ['OS', 'ARCH'] : ['ARCH'];
  const missing = named.map((part) => `TARGET${part}`).filter((name) => shell.get(name) === undefined);
  const above =
    missing.length > 0 ? [insertInstructionsAbove(dockerfile.source, run.range, [`ARG ${missing.join(' ')}`])] : [];
  const prefix = named.map((part) => `GO${part}=$TARGET${part} `).join('');
  const at = { start: command.toolRange.start, end: command.toolRange.start };
  return [{ title: 'Build for the target platform', safe: true, edits: [...above, replace(at, prefix)] }];
};

function* check(subject: Subject): Iterable<Finding> {
  const { dockerfile, trace } = subject;
  const reported = new Set<GoBinary>();
  const asked = severalPlatforms(subject.project);
  for (const { binary, shipped } of shippedBinaries(trace)) {
    const stage = trace.stages[binary.stage];
    const goStep = goStepOf(binary, trace);
    if (!stage || !goStep || goStep.command.tool !== 'go' || reported.has(binary)) continue;
    if (goStep.env.get('GOARCH') !== undefined) continue;
    if (platformOf(stage, dockerfile) !== 'builder' || platformOf(shipped, dockerfile) !== 'target') continue;
    reported.add(binary);
    const { from } = rootFrom(stage).stage;
    yield {
      range: { start: goStep.command.toolRange.start, end: goStep.command.verbRange.end },
      message: message("This builds for the builder's platform, whatever platform the image is for: no GOARCH is set."),
      related: [
        step(from.range, "The stage has the builder's platform."),
        step(rootFrom(shipped).stage.from.range, 'The image that gets the program has the target platform.'),
        ...asked,
      ],
      // One of them surely gets the wrong program.
      ...(asked.length > 0 && { severity: 'error' as const }),
      fixes: fixOf(goStep, subject),
    };
  }
}

export const requireTargetArch: Rule = {
  id: 'require-target-arch',
  title: 'A stage on $BUILDPLATFORM builds without GOARCH',
  severity: 'warning',
  concern: 'cross-platform',
  why: `\`FROM --platform=$BUILDPLATFORM\` lets the Go compiler run on the machine that builds, which is fast; then \`go build\`
has to be told which platform the image is for. Without GOARCH every image, also the one for arm64, gets a program for
the builder's processor. The build passes; on the other machine the container ends with

    exec /app: exec format error

Docker sets \`TARGETOS\` and \`TARGETARCH\` in every stage that declares them with \`ARG\`.`,
  silent: [
    'Stages without `--platform=$BUILDPLATFORM`: there Go itself runs as the target platform.',
    'A GOARCH that is set anywhere, also to a fixed value; `xx-go`, which sets it.',
    'Programs that go into an image with a platform of its own.',
  ],
  references: [
    'https://docs.docker.com/build/building/multi-platform/#cross-compilation',
    'https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope',
  ],
  example: {
    bad: `FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

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
