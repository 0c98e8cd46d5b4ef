import { hiddenBy } from '../ignore-lines.ts';
import { message } from '../known.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import { inContext, isSureContext } from '../trace/context-files.ts';
import type { StageTrace } from '../trace/model.ts';
import { type NamedSource, namedSources } from '../trace/named-sources.ts';
import { basename } from '../trace/paths.ts';

const finding = (range: Finding['range'], path: string, sentence: string, { project }: Subject): Finding => {
  const hidden = hiddenBy(project.context, path);
  return {
    range,
    message: message(sentence, { file: project.context.ignoreFile ?? '', path }),
    ...(hidden && { elsewhere: hidden.elsewhere, fixes: [hidden.fix] }),
  };
};

/** A file that is hidden, or a folder with everything in it. go.sum is the matter of copy-existing-go-sum. */
const isHidden = ({ path }: NamedSource, { project: { context } }: Subject): boolean => {
  if (!context.isIgnored(path) || basename(path) === 'go.sum') return false;
  if (context.files.has(path)) return inContext(context, path) === 'absent';
  if (inContext(context, path) !== 'folder') return false;
  return [...context.files].every((file) => !file.startsWith(`${path}/`) || context.isIgnored(file));
};

function* copies(stage: StageTrace, subject: Subject): Iterable<Finding> {
  for (const source of stage.copies.flatMap(namedSources)) {
    if (!isHidden(source, subject)) continue;
    yield finding(source.word.range, source.path, '{file} hides {path} from the build, which stops here.', subject);
  }
}

function* check(subject: Subject): Iterable<Finding> {
  const { context } = subject.project;
  if (context.ignoreFile === undefined || !isSureContext(context)) return;
  const told = new Set<string>();
  for (const stage of subject.trace.stages) {
    yield* copies(stage, subject);
    for (const { command, runs, hidden } of stage.goSteps) {
      if (runs !== 'always') continue;
      for (const path of hidden) {
        if (told.has(path)) continue;
        told.add(path);
        const sentence = '{file} hides {path} from the build: this command stops without it.';
        yield finding(command.command.range, path, sentence, subject);
      }
    }
  }
}

export const noIgnoredSource: Rule = {
  id: 'no-ignored-source',
  title: '.dockerignore hides what the build needs',
  severity: 'error',
  concern: 'starts',
  why: `What .dockerignore hides is not in the build context. A COPY that names it ends the build:

    failed to compute cache key: "/internal": not found

\`COPY . .\` passes without it, and the go command stops:

    go: go.mod file not found in current directory or any parent directory; see 'go help modules'

The last pattern that matches a path or a folder above it decides, and a pattern without \`**/\` begins at the root: \`app\`,
meant for the binary, hides a folder \`app\` as well.`,
  silent: [
    'Folders of which a part is still there.',
    'Files that a command of the Dockerfile may have made, and packages that only a build tag brings in.',
    'A hidden vendor folder: `match-vendor-mode` speaks of that.',
    'Dockerfiles above whose context lies another Go module: the build may start there.',
  ],
  references: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go': 'package main\n\nimport "example.com/app/server"\n\nfunc main() { server.Run() }\n',
      'server/server.go': 'package server\n\nfunc Run() {}\n',
      '.dockerignore': 'server\n',
    },
    bad: `FROM golang:1.26 AS build
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
    goodFiles: { '.dockerignore': '/app\n' },
  },
  check,
};
