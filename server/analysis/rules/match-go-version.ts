import type { Range } from 'vscode-languageserver-types';
import { insertLinesBelow } from '../edits.ts';
import type { GoVersion } from '../go/model.ts';
import type { GoLine } from '../go/project-facts.ts';
import { satisfiesGoLine } from '../go/satisfies.ts';
import { formatGoVersion, parseGoVersion } from '../go/version.ts';
import { tagsWithGo } from '../images/tags-with-go.ts';
import { type Message, message, step } from '../known.ts';
import type { Finding, Fix, Rule, Severity, Subject } from '../rule.ts';
import type { SimpleCommand } from '../shell/model.ts';
import { golangTagFix } from '../trace/golang-retag.ts';
import type { GoStep, StageTrace } from '../trace/model.ts';
import { rootFrom } from '../trace/questions.ts';

/** Commands that load go.mod and so refuse to run on an older Go. */
const loading = new Set(['build', 'install', 'mod', 'test', 'vet', 'generate', 'run', 'list']);

const loadsModule = ({ command }: GoStep): boolean =>
  loading.has(command.verb) && !command.operands.some(({ raw }) => raw.includes('@'));

const saysToolchain = ({ words }: SimpleCommand): boolean => words.some(({ raw }) => raw.includes('GOTOOLCHAIN'));

/** A command that reads go.mod. */
interface Reader extends Pick<GoStep, 'module' | 'env' | 'workspaceSeen'> {
  readonly range: Range;
  /** make and the like, which start go; undefined for go itself. */
  readonly program: string | undefined;
}

/** Those of go first: of them it is known what they do. */
const readersOf = (stage: StageTrace): readonly Reader[] => [
  ...stage.goSteps
    .filter(loadsModule)
    .map((goStep) => ({ ...goStep, range: goStep.command.command.range, program: undefined })),
  ...stage.commands
    .filter(({ command, module }) => module && command.runs === 'always' && !saysToolchain(command))
    .map(({ module, env, command, program }) => {
      return { module, env, workspaceSeen: 'no' as const, range: command.range, program };
    }),
];

interface Need {
  readonly line: GoLine;
  readonly file: string;
}

const needsOf = (goStep: Reader, { project }: Subject): readonly Need[] => {
  const module = goStep.module?.mod.go;
  const file = goStep.module?.dir ? `${goStep.module.dir}/go.mod` : 'go.mod';
  const work =
    goStep.workspaceSeen === 'yes' && goStep.env.get('GOWORK') === undefined ? project.workspace?.go : undefined;
  return [...(module ? [{ line: module, file }] : []), ...(work ? [{ line: work, file: 'go.work' }] : [])];
};

/** Before Go 1.21 a newer `go` line is only a note; but a patch release or a toolchain line cannot be parsed. */
const cannotParse = (goStep: Reader, need: Need): boolean =>
  /^\d+\.\d+\.\d+/.test(need.line.version) || (goStep.module?.mod.directives.has('toolchain') ?? false);

/** GOTOOLCHAIN decides what an old go command does: stop, or download a newer one. */
const severityOf = ({ env, program }: Reader, image: GoVersion): Severity | undefined => {
  const stops = program === undefined ? 'error' : 'warning';
  if (image.minor < 21) return stops;
  const setting = env.get('GOTOOLCHAIN');
  if (!setting?.known) return undefined;
  if (setting.value === 'local') return stops;
  return program === undefined ? 'information' : undefined;
};

const textOf = (severity: Severity, image: GoVersion, need: Need, program = ''): Message => {
  const values = { file: need.file, need: need.line.version, have: formatGoVersion(image), program };
  if (severity === 'warning') {
    return message(
      '{file} requires Go {need}, and this image has Go {have}: go stops when {program} starts it.',
      values,
    );
  }
  if (severity === 'information') {
    return message(
      '{file} requires Go {need}, this image has {have}: every uncached build downloads a toolchain.',
      values,
    );
  }
  return image.minor < 21
    ? message('{file} is written for Go {need}, which Go {have} in this image cannot parse: the build stops.', values)
    : message('{file} requires Go {need}, and this image has Go {have}: the build stops.', values);
};

const textThere = (image: GoVersion, need: Need): Message =>
  message('Go {need} is newer than the Go {have} of the image that builds this.', {
    need: need.line.version,
    have: formatGoVersion(image),
  });

const fixesOf = (stage: StageTrace, need: Need, severity: Severity, subject: Subject): readonly Fix[] => {
  const { dockerfile, trace } = subject;
  const resolved = trace.images[stage.stage.index];
  const ref = resolved?.image?.ref;
  if (!resolved || !ref || resolved.image?.family !== 'golang') return [];
  const newer = golangTagFix(resolved, tagsWithGo(ref, need.line.version), subject, severity === 'error');
  if (severity === 'information' || (stage.rootImage?.go?.version?.minor ?? 0) < 21) return newer;
  const below = insertLinesBelow(dockerfile.source, stage.stage.from.range, ['ENV GOTOOLCHAIN=auto']);
  return [...newer, { title: 'Let the go command download the version it needs', safe: false, edits: [below] }];
};

function* check(subject: Subject): Iterable<Finding> {
  const reported = new Set<StageTrace>();
  for (const stage of subject.trace.stages) {
    const image = stage.rootImage?.go?.version;
    const from = rootFrom(stage);
    if (!image || reported.has(from)) continue;
    for (const reader of readersOf(stage)) {
      const need = needsOf(reader, subject).find(({ line }) => !satisfiesGoLine(image, line.version));
      const severity = need && severityOf(reader, image);
      if (!need || !severity || !parseGoVersion(need.line.version)) continue;
      if (image.minor < 21 && !cannotParse(reader, need)) continue;
      reported.add(from);
      yield {
        range: from.stage.from.image?.range ?? from.stage.from.range,
        message: textOf(severity, image, need, reader.program),
        severity,
        related: [step(reader.range, 'This command reads {file}.', { file: need.file })],
        fixes: fixesOf(from, need, severity, subject),
        elsewhere: { path: need.file, range: need.line.range, message: textThere(image, need) },
      };
      break;
    }
  }
}

export const matchGoVersion: Rule = {
  id: 'match-go-version',
  title: 'go.mod requires a newer Go than the image has',
  severity: 'error',
  concern: 'starts',
  why: `The \`go\` line of go.mod is a hard minimum since Go 1.21, and the golang image sets \`GOTOOLCHAIN=local\`, so the
go command does not fetch a newer one. The first command that loads the module stops:

    go: go.mod requires go >= 1.26 (running go 1.22.12; GOTOOLCHAIN=local)

A Go before 1.21 cannot even parse a patch release or a toolchain line:

    invalid go version '1.24.0': must match format 1.23

A tag such as \`1.26\` stands for its newest patch release and satisfies \`go 1.26.3\`. The \`toolchain\` line is only a
suggestion and is not counted.

The fix keeps the Debian or Alpine release of the tag where the new Go has it. Where it has not, it is offered for what is known to
be static, and otherwise as a suggestion that names the release, unless the image that the program is copied to has an older libc.

What make, mage, task or just start is not read: there it is a warning, as they may set GOTOOLCHAIN themselves.`,
  silent: [
    'Images whose Go version is not in the tag, and stages that do not load the module beside the Dockerfile.',
    'A GOTOOLCHAIN that is not known. With `GOTOOLCHAIN=auto` it is only an information.',
    'Modules that a command of the Dockerfile writes or edits.',
  ],
  references: ['https://go.dev/doc/toolchain', 'https://github.com/docker-library/golang/issues/472'],
  example: {
    files: { 'go.mod': 'module example.com/app\n\ngo 1.26\n', 'main.go': 'package main\n\nfunc main() {}\n' },
    bad: `FROM golang:1.25 AS build
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
ENTRYPOINT ["/app"]`,
  },
  check,
};
