import type { Range } from 'vscode-languageserver-types';
import type { RunInstruction } from '../dockerfile/model.ts';
import { insertLinesBelow } from '../edits.ts';
import { message, step } from '../known.ts';
import type { Finding, Fix, Rule, Severity, Subject } from '../rule.ts';
import { commandsOfRun } from '../shell/commands.ts';
import type { SimpleCommand } from '../shell/model.ts';
import { goWords, mayFail } from '../trace/cgo.ts';
import { hasGit, moduleFromGit } from '../trace/git.ts';
import type { StageTrace } from '../trace/model.ts';
import { isRoot, rootFrom, shownImage } from '../trace/questions.ts';

const fixOf = (stage: StageTrace, { dockerfile }: Subject): readonly Fix[] => {
  if (stage.rootImage?.libc !== 'musl' || !isRoot(stage.rootImage.user ?? 'unknown')) return [];
  const { from } = rootFrom(stage).stage;
  const edits = [insertLinesBelow(dockerfile.source, from.range, ['RUN apk add --no-cache git'])];
  return [{ title: 'Install git', safe: false, edits }];
};

const finding = (
  range: Range,
  template: string,
  values: Readonly<Record<string, string>>,
  severity: Severity,
  stage: StageTrace,
  subject: Subject,
): Finding => {
  const image = shownImage(stage);
  return {
    range,
    message: message(template, { ...values, image }),
    severity,
    related: [step(rootFrom(stage).stage.from.range, '{image} has no git.', { image })],
    fixes: fixOf(stage, subject),
  };
};

/** A failure of `git … || …`, or of a pipeline, is not that of the RUN. */
const surelyFails = (command: SimpleCommand, { source }: Subject['dockerfile']): boolean =>
  command.scope.length === 0 &&
  command.runs === 'always' &&
  !/^[\s\\]*(\|\||\|)/.test(source.content.slice(source.offset(command.range.end)));

function* calls(run: RunInstruction, stage: StageTrace, subject: Subject): Iterable<Finding> {
  for (const command of commandsOfRun(run, subject.dockerfile).commands) {
    const [program] = command.words;
    if (program?.raw !== 'git') continue;
    if (surelyFails(command, subject.dockerfile)) {
      yield finding(program.range, '{image} has no git: the command is not found.', {}, 'error', stage, subject);
    } else if (command.runs === 'always' && command.scope.length > 0) {
      const template = '{image} has no git: what this command should say is empty.';
      yield finding(program.range, template, {}, 'warning', stage, subject);
    }
    return;
  }
}

function* downloads(stage: StageTrace, subject: Subject): Iterable<Finding> {
  for (const goStep of stage.goSteps) {
    const { verb, subverb } = goStep.command;
    if (
      !/^(mod|build|install|test|vet|run|list|get)$/.test(verb) ||
      (verb === 'mod' && subverb !== 'download' && subverb !== 'tidy')
    )
      continue;
    const path = goStep.runs === 'always' && !mayFail(goStep, subject.dockerfile) ? moduleFromGit(goStep) : undefined;
    if (path === undefined) continue;
    const template = 'go gets {path} by git, and {image} has none: it stops.';
    yield finding(goWords(goStep), template, { path }, 'warning', stage, subject);
    return;
  }
}

function* check(subject: Subject): Iterable<Finding> {
  for (const stage of subject.trace.stages) {
    if (stage.rootImage?.go === undefined || hasGit(stage) !== 'no') continue;
    for (const instruction of stage.stage.instructions) {
      if (instruction.keyword === 'RUN' && !instruction.onbuild) yield* calls(instruction, stage, subject);
    }
    yield* downloads(stage, subject);
  }
}

export const requireGit: Rule = {
  id: 'require-git',
  title: 'git is needed and not in the image',
  severity: 'warning',
  concern: 'starts',
  why: `The Alpine variants of the golang image have no git. Modules that come from a proxy need none; those that GOPRIVATE or
GONOPROXY name, and all of them with \`GOPROXY=direct\`, are asked of their Git server:

    go: github.com/acme/lib@v1.2.3: unable to resolve git version: failed to execute git version:
    exec: "git": executable file not found in $PATH

A \`git\` of a RUN ends the build with \`/bin/sh: git: not found\`, code 127. In \`-X main.version=$(git describe)\` it does not: the
version is just empty, which is a warning.`,
  silent: [
    'Modules that come from the default proxy, from vendor/, or from a folder.',
    'Stages with scripts, with programs copied into them, or with packages that may bring git along.',
    '`git … || …`, and conditions.',
  ],
  references: [
    'https://go.dev/ref/mod#vcs',
    'https://github.com/docker-library/docs/tree/master/golang#golangversion-alpine',
  ],
  example: {
    files: {
      'go.mod': 'module github.com/acme/app\n\ngo 1.26\n\nrequire github.com/acme/lib v1.2.3\n',
      'go.sum': 'github.com/acme/lib v1.2.3 h1:AAAA=\n',
      'main.go': 'package main\n\nimport _ "github.com/acme/lib"\n\nfunc main() {}\n',
    },
    bad: `FROM golang:1.26-alpine AS build
ENV GOPRIVATE=github.com/acme
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=secret,id=netrc,target=/root/.netrc go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26-alpine AS build
RUN apk add --no-cache git
ENV GOPRIVATE=github.com/acme
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=secret,id=netrc,target=/root/.netrc go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};
