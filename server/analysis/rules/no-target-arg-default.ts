import type { Range } from 'vscode-languageserver-types';
import type { ArgInstruction } from '../dockerfile/model.ts';
import { insertInstructionsAbove, replace } from '../edits.ts';
import { message, step } from '../known.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import { mayBeAssigned } from '../shell/expand.ts';
import type { GoStep, StageTrace } from '../trace/model.ts';
import { platformOf, platformVariable } from '../trace/platform.ts';
import { rootFrom } from '../trace/questions.ts';

/** `ARG TARGETOS=linux` is left alone: the value is right for every Linux image. */
const decides = /^TARGET(ARCH|PLATFORM)$/;

/** `ARG BUILDPLATFORM=linux/amd64` above FROM decides where go runs, and the images that are shipped follow the target all the same. */
const isForTarget = (stage: StageTrace, { dockerfile, trace }: Subject): boolean =>
  platformOf(stage, dockerfile) !== 'unknown' ||
  (platformVariable(stage) === 'BUILDPLATFORM' &&
    trace.shipped.every((shipped) => platformOf(shipped, dockerfile) === 'target'));

function* defaults(stage: StageTrace, subject: Subject): Iterable<Finding> {
  if (!isForTarget(stage, subject)) return;
  const args = stage.stage.instructions.filter((each): each is ArgInstruction => each.keyword === 'ARG');
  for (const { name, nameRange, value } of args.flatMap(({ assignments }) => assignments)) {
    if (!decides.test(name) || !value || value.raw.includes('$') || /^(""|'')?$/.test(value.raw)) continue;
    const range: Range = { start: nameRange.start, end: value.range.end };
    yield {
      range,
      message: message('{name} is {value} for every platform: a default beats the value that Docker sets.', {
        name,
        value: value.raw,
      }),
      fixes: [{ title: `Let Docker set ${name}`, safe: false, edits: [replace(range, name)] }],
    };
  }
}

/** Where a RUN gives GOARCH the value of TARGETARCH, in the prefix of the command or before it. */
const useOf = ({ run, command }: GoStep, { dockerfile }: Subject): Range | undefined => {
  const { source } = dockerfile;
  const from = source.offset(run.range.start);
  const text = source.content.slice(from, source.offset(command.toolRange.start));
  const match = [...text.matchAll(/\bGOARCH=["']?(\$TARGETARCH\b|\$\{TARGETARCH\})/g)].at(-1);
  if (!match?.[1] || mayBeAssigned('TARGETARCH', source.slice(run.range))) return undefined;
  const start = from + match.index + match[0].length - match[1].length;
  return source.range(start, start + match[1].length);
};

/** The same finding does not come twice for two commands that one `export` is for. */
function* undeclared(stage: StageTrace, subject: Subject): Iterable<Finding> {
  const { dockerfile } = subject;
  if (platformOf(stage, dockerfile) !== 'builder') return;
  const reported = new Set<number>();
  for (const goStep of stage.goSteps) {
    const goarch = goStep.env.get('GOARCH');
    if (!goarch?.known || goarch.value !== '' || goStep.shell.get('TARGETARCH') !== undefined) continue;
    const range = useOf(goStep, subject);
    const at = range && dockerfile.source.offset(range.start);
    if (!range || at === undefined || reported.has(at)) continue;
    reported.add(at);
    const usesOs = /\$\{?TARGETOS\b/.test(dockerfile.source.slice(goStep.run.range));
    const names = usesOs && goStep.shell.get('TARGETOS') === undefined ? 'TARGETOS TARGETARCH' : 'TARGETARCH';
    yield {
      range,
      message: message("TARGETARCH is empty here, so that go builds for the builder's platform: the stage has no ARG."),
      related: [step(rootFrom(stage).stage.from.range, "The stage has the builder's platform.")],
      fixes: [
        {
          title: `Declare ARG ${names}`,
          safe: goStep.command.verb === 'build',
          edits: [insertInstructionsAbove(dockerfile.source, goStep.run.range, [`ARG ${names}`])],
        },
      ],
    };
  }
}

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) {
    yield* defaults(stage, subject);
    yield* undeclared(stage, subject);
  }
}

export const noTargetArgDefault: Rule = {
  id: 'no-target-arg-default',
  title: 'TARGETARCH has a default, or is not declared where it is used',
  severity: 'warning',
  concern: 'cross-platform',
  why: `Docker sets \`TARGETARCH\` and \`TARGETPLATFORM\` in a stage that declares them with a bare \`ARG TARGETARCH\`.
With a default, the default is taken for every platform; without \`ARG\` the variable is empty, and
\`GOARCH= go build\` builds for the machine that builds. Both times the image for another platform gets the wrong
program, the build passes, and the container ends with

    exec /app: exec format error

For builders that set nothing, put the default where the variable is used: \`GOARCH=\${TARGETARCH:-amd64}\`.`,
  silent: [
    'Defaults above the first FROM, empty ones, ones made of other variables, and `ARG TARGETOS=linux`.',
    'Stages with a fixed platform; those on a `$BUILDPLATFORM` that has a default above the first FROM, where a shipped image is on it as well.',
    "An undeclared variable in stages that are not on `$BUILDPLATFORM`: an empty GOARCH is right there. In ENV and elsewhere Docker's own check UndefinedVar reports it.",
  ],
  references: [
    'https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope',
    'https://docs.docker.com/reference/build-checks/undefined-var/',
  ],
  example: {
    bad: `FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY . .
ARG TARGETARCH=amd64
RUN CGO_ENABLED=0 GOARCH=$TARGETARCH go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY . .
ARG TARGETARCH
RUN CGO_ENABLED=0 GOARCH=$TARGETARCH go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};
