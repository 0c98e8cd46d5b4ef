import { replace } from '../edits.ts';
import { flag } from '../go/command.ts';
import { message } from '../known.ts';
import type { Finding, Fix, Rule, Subject } from '../rule.ts';
import { goWords } from '../trace/cgo.ts';
import type { GoStep, StageTrace } from '../trace/model.ts';

const templates: Readonly<Record<string, string>> = {
  tidy: 'go mod tidy changes go.mod and go.sum in the build: the image may be made of other modules than the project names.',
  init: 'go mod init makes a go.mod without versions: every build takes the newest modules.',
  vendor: 'go mod vendor copies every module into a layer, and go mod download alone would do.',
};

const line = ({ run }: GoStep): number => run.range.start.line;

const builds = ({ command }: GoStep): boolean => command.verb === 'build' || command.verb === 'install';

/** A go.mod that the stage makes or edits by itself, which tidy has to complete. */
const editsModule = ({ command: { verb, subverb } }: GoStep): boolean =>
  verb === 'get' || (verb === 'mod' && (subverb === 'init' || subverb === 'edit')) || verb === 'work';

/** Whether go.mod and go.sum are complete, as far as can be seen: then a download is enough. */
const isComplete = ({ module }: GoStep): boolean =>
  module !== undefined && (module.hasGoSum || module.mod.requires.length === 0);

const fixOf = (goStep: GoStep, stage: StageTrace, { dockerfile }: Subject): readonly Fix[] => {
  const { command } = goStep;
  const { content } = dockerfile.source;
  const toEnd = content.slice(dockerfile.source.offset(command.verbRange.start));
  const words = /^mod(?:[ \t]+-[\w=.]+)*[ \t]+(?:tidy|vendor)(?:[ \t]+-[\w=.]+)*(?=[ \t]*(?:$|[\r\n;&|#\\]))/.exec(
    toEnd,
  );
  const usesFolder = /\bvendor\b/.test(dockerfile.source.slice(stage.stage.range).replace(/go mod vendor/g, ''));
  if (!words || !isComplete(goStep) || command.subverb === 'init' || usesFolder) return [];
  const start = dockerfile.source.offset(command.verbRange.start);
  const range = dockerfile.source.range(start, start + words[0].length);
  return [{ title: 'Download the modules that go.mod names', safe: false, edits: [replace(range, 'mod download')] }];
};

/** Whether a command adds modules to a go.mod that has none: go build itself does so with `-mod=mod`, or before Go 1.16. */
const addsModules = ({ command, moduleMode, toolchain }: GoStep): boolean =>
  command.verb === 'get' ||
  (command.verb === 'mod' && command.subverb === 'tidy') ||
  moduleMode.mod === 'mod' ||
  (toolchain?.minor ?? 16) < 16;

/** What changes modules before a build of the same stage; alone it may be what the stage is for. */
const isReported = (goStep: GoStep, stage: StageTrace): boolean => {
  const { verb, subverb } = goStep.command;
  if (verb !== 'mod' || !Object.hasOwn(templates, subverb ?? '') || flag(goStep.command, 'diff')) return false;
  if (!stage.goSteps.some((other) => builds(other) && line(other) >= line(goStep))) return false;
  const at = stage.goSteps.indexOf(goStep);
  if (subverb !== 'init') return !stage.goSteps.slice(0, at).some(editsModule);
  return stage.copies.some(({ from }) => !from) && stage.goSteps.slice(at + 1).some(addsModules);
};

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) {
    if (stage.role === 'development') continue;
    for (const goStep of stage.goSteps) {
      if (!isReported(goStep, stage)) continue;
      const { subverb = '' } = goStep.command;
      yield {
        range: goWords(goStep),
        message: message(templates[subverb] ?? ''),
        severity: subverb === 'vendor' ? 'information' : 'warning',
        fixes: fixOf(goStep, stage, subject),
      };
    }
  }
}

export const noGoModTidy: Rule = {
  id: 'no-go-mod-tidy',
  title: 'go mod tidy, init or vendor in the build',
  severity: 'warning',
  concern: 'reproducible',
  why: `\`go mod tidy\` looks up the newest version of every module that go.mod lacks, and takes away what it does not find
used. In a build nobody sees what it changed: the image is made of modules that no commit names, and the same Dockerfile
makes another program tomorrow. It also needs the modules of all tests, of dependencies too, and so it fails for a module
that the program itself does not import:

    go: finding module for package example.com/only-in-a-test
    cannot find module providing package example.com/only-in-a-test

\`go mod init\` starts without any version. \`go mod vendor\` copies what \`go mod download\` has fetched already.

Run \`go mod tidy\` before you commit; in the build, \`go mod download\` fetches what go.mod and go.sum say. Switch it off
for images that generate code and complete its go.mod.`,
  silent: [
    '`go mod tidy -diff`, which changes nothing.',
    '`go mod tidy` behind `go mod init`, `go mod edit` or `go get` of the same stage.',
    '`go mod init` that nothing follows which adds modules: what is built needs none.',
    'Stages that build no program, and development stages.',
    '`go mod vendor` in `RUN go mod vendor` gets no fix where something else names the folder.',
  ],
  references: ['https://go.dev/ref/mod#go-mod-tidy', 'https://go.dev/ref/mod#go-mod-download'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n\nrequire golang.org/x/sync v0.18.0\n',
      'go.sum': 'golang.org/x/sync v0.18.0 h1:AAAA=\n',
      'main.go': 'package main\n\nimport _ "golang.org/x/sync/errgroup"\n\nfunc main() {}\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN go mod tidy
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};
