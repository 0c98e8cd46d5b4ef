import type { Range, TextEdit } from 'vscode-languageserver-types';
import { insertAt, insertInstructionsAbove, replace } from '../edits.ts';
import { knownValue, message, type Step, step } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import type { ShellWord } from '../shell/model.ts';
import { goWords } from '../trace/cgo.ts';
import type { GoBinary, GoStep, StageTrace } from '../trace/model.ts';
import { platformOf } from '../trace/platform.ts';
import { goStepOf, rootFrom, shippedBinaries } from '../trace/questions.ts';

/** A version of the ARM processor before the seventh that the Dockerfile is built for, and who asks for it. */
interface OldArm {
  readonly platform: string;
  readonly step: Step;
}

const oldArm = ({ project: { callers = [] } }: Subject): OldArm | undefined => {
  for (const { platforms, path, range, name } of callers) {
    const platform = platforms.find((each) => /^linux\/arm\/v[56]$/.test(each));
    if (platform === undefined) continue;
    const text = message('The {name} builds for {platforms}.', { name, platforms: platforms.join(', ') });
    return { platform, step: { file: path, range, message: text } };
  }
  return undefined;
};

const isPlain = ({ run, command }: GoStep, { dockerfile }: Subject): boolean =>
  run.form.kind === 'shell' && dockerfile.source.slice(command.toolRange) === 'go';

/** `ARG TARGETVARIANT`, where the stage has it not. */
const declaration = ({ run, shell }: GoStep, { dockerfile }: Subject): readonly TextEdit[] =>
  shell.get('TARGETVARIANT') === undefined
    ? [insertInstructionsAbove(dockerfile.source, run.range, ['ARG TARGETVARIANT'])]
    : [];

const value = '${TARGETVARIANT#v}';

/** GOARM behind the GOARCH of the command, or before go. */
const setting = (goStep: GoStep, subject: Subject): readonly Fix[] => {
  if (!isPlain(goStep, subject)) return [];
  const { command } = goStep;
  const goarch = command.command.assignments.find(({ name }) => name === 'GOARCH');
  const edit = goarch
    ? insertAt(goarch.range.end, ` GOARM=${value}`)
    : insertAt(command.toolRange.start, `GOARM=${value} `);
  return [{ title: 'Build for the version of ARM', safe: true, edits: [...declaration(goStep, subject), edit] }];
};

/** `GOARM=$TARGETVARIANT` of a command. */
const withLetter = ({ command }: GoStep): ShellWord | undefined => {
  const assigned = command.command.assignments.find(({ name }) => name === 'GOARM')?.value;
  return assigned && /^(["']?)\$(?:TARGETVARIANT|\{TARGETVARIANT\})\1$/.test(assigned.raw) ? assigned : undefined;
};

const letter = (range: Range, goStep: GoStep, old: OldArm | undefined, subject: Subject): Finding => {
  const stops = (goStep.toolchain?.minor ?? 23) < 23;
  const template = stops
    ? 'TARGETVARIANT is v6 or v7, with a letter: go {verb} stops with "invalid GOARM" where it builds for ARM.'
    : 'TARGETVARIANT is v6 or v7, with a letter: none of the versions of ARM that GOARM knows.';
  const edits = isPlain(goStep, subject) ? [...declaration(goStep, subject), replace(range, value)] : [];
  return {
    range,
    message: message(template, { verb: goStep.command.verb }),
    related: old ? [old.step] : [],
    severity: stops && old ? 'error' : 'warning',
    fixes: edits.length > 0 ? [{ title: 'Take the letter off', safe: true, edits }] : [],
  };
};

/** go cross-compiles for ARM, or for whatever the image is for. From 1.21 on it takes version 7 then. */
const buildsNewArm = (
  { binary, shipped }: { binary: GoBinary; shipped: StageTrace },
  goStep: GoStep,
  { dockerfile, trace }: Subject,
): boolean => {
  const stage = trace.stages[binary.stage];
  return (
    stage !== undefined &&
    (binary.followsTarget || knownValue(binary.goarch) === 'arm') &&
    goStep.env.get('GOARM') === undefined &&
    (goStep.toolchain?.minor ?? 21) >= 21 &&
    stage.rootImage?.family === 'golang' &&
    platformOf(stage, dockerfile) === 'builder' &&
    platformOf(shipped, dockerfile) === 'target'
  );
};

function* check(subject: Subject): Iterable<Finding> {
  const old = oldArm(subject);
  for (const goStep of subject.trace.stages.flatMap(({ goSteps }) => goSteps)) {
    const word = goStep.command.tool === 'go' ? withLetter(goStep) : undefined;
    if (word) yield letter(word.range, goStep, old, subject);
  }
  const told = new Set<GoBinary['command']>();
  for (const found of old ? shippedBinaries(subject.trace) : []) {
    const { binary } = found;
    const stage = subject.trace.stages[binary.stage];
    const goStep = goStepOf(binary, subject.trace);
    if (!old || !stage || !goStep || goStep.command.tool !== 'go' || told.has(binary.command)) continue;
    if (!buildsNewArm(found, goStep, subject)) continue;
    told.add(binary.command);
    yield {
      range: goWords(binary),
      message: message('The image for {platform} gets a program for ARMv7: GOARM is not set.', {
        platform: old.platform,
      }),
      related: [old.step, step(rootFrom(stage).stage.from.range, "The stage has the builder's platform.")],
      fixes: setting(goStep, subject),
    };
  }
}

export const requireGoarm: Rule = {
  id: 'require-goarm',
  title: 'An image for an older ARM gets a program for ARMv7',
  severity: 'warning',
  concern: 'cross-platform',
  why: `\`GOARCH=arm\` is not one processor: \`GOARM\` says which version of it. A cross build without GOARM is for version 7
since Go 1.21 (for 5 before), also in the image for \`linux/arm/v6\`. On a Raspberry Pi Zero the program ends with

    Illegal instruction

Docker has the version in \`TARGETVARIANT\`, as \`v6\`. GOARM wants it without the letter: up to Go 1.22 the build stops, and
newer versions take \`v6\` for a version they do not know:

    go: invalid GOARM: must start with 5, 6, or 7

\`GOARM=\${TARGETVARIANT#v}\` is right for every platform; it is empty for all that have no variant.`,
  silent: [
    'Builds that no compose file, Bake file or workflow asks for `linux/arm/v6` or `linux/arm/v5`: for `linux/arm/v7` nothing is missing.',
    'Stages without `--platform=$BUILDPLATFORM`, in which the Go of that platform builds; `xx-go`; a GOARM that is set anywhere.',
    'Go 1.20 and older, which build for ARMv5.',
  ],
  references: [
    'https://go.dev/wiki/GoArm',
    'https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope',
  ],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go': 'package main\n\nfunc main() {}\n',
    },
    bad: `FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY . .
ARG TARGETOS TARGETARCH TARGETVARIANT
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH GOARM=$TARGETVARIANT go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM --platform=$BUILDPLATFORM golang:1.26 AS build
WORKDIR /src
COPY . .
ARG TARGETOS TARGETARCH TARGETVARIANT
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH GOARM=\${TARGETVARIANT#v} go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};
