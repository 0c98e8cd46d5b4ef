import { message, step } from '../known.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import { goWords, mayFail } from '../trace/cgo.ts';
import { copyBefore, copyFix, type Wanted } from '../trace/missing-edits.ts';
import type { MissingInput } from '../trace/missing-input.ts';
import type { GoBinary } from '../trace/model.ts';

const firstPart = (path: string): string => path.split('/')[0] ?? '';

/** The folder next to go.mod in which a missing package lies: what is copied of a part would soon be too little. */
const topOf = ({ source, place }: MissingInput, dir: string): Wanted => {
  const prefix = dir === '' ? '' : `${dir}/`;
  const rest = source.slice(prefix.length);
  const top = firstPart(rest);
  return { source: `${prefix}${top}`, place: place.slice(0, place.length - rest.length + top.length) };
};

const missingOf = ({ missing }: GoBinary, { project: { context } }: Subject): readonly MissingInput[] =>
  // What the ignore file hides is no matter of COPY.
  missing.filter(({ kind, files }) => kind === 'package' && !files.some((file) => context.isIgnored(file)));

function* check(subject: Subject): Iterable<Finding> {
  const seen = new Set<string>();
  for (const binary of subject.trace.stages.flatMap(({ binaries }) => binaries)) {
    if (binary.command.command.runs !== 'always' || mayFail(binary, subject.dockerfile)) continue;
    const missing = missingOf(binary, subject);
    const [first] = missing;
    const range = goWords(binary);
    const key = JSON.stringify(range);
    if (!first || seen.has(key)) continue;
    seen.add(key);
    const tops = missing.map((each) => topOf(each, binary.module?.dir ?? ''));
    const wanted = tops.filter((one, at) => tops.findIndex((other) => other.source === one.source) === at);
    const copy = copyBefore(binary, subject);
    const fix = copyFix(binary, wanted, subject);
    yield {
      range,
      message: message('{file} imports {name}, which no COPY brings: go build stops here.', {
        file: first.askedBy,
        name: first.name,
      }),
      related: copy
        ? [step(copy.instruction.range, 'This COPY brings the program without {source}.', { source: first.source })]
        : [],
      fixes: fix ? [fix] : [],
    };
  }
}

export const copyImportedPackages: Rule = {
  id: 'copy-imported-packages',
  title: 'The program is copied without packages that it imports',
  severity: 'error',
  concern: 'starts',
  why: `\`COPY *.go ./\` copies the files beside go.mod and no folder. As soon as the program imports a package of its own
module, go build stops:

    main.go:3:8: no required module provides package example.com/app/internal/store; to add it:
            go get example.com/app/internal/store

A module whose path has no dot (\`module app\`) is told that the package is not in std.`,
  silent: [
    'Packages that .dockerignore hides, which is a finding of `no-ignored-source`.',
    'Folders into which a command may have written, and files that are not built for Linux with the given tags.',
    'Packages of other modules of the repository.',
  ],
  references: ['https://docs.docker.com/reference/dockerfile/#copy'],
  example: {
    files: {
      'go.mod': 'module example.com/app\n\ngo 1.26\n',
      'main.go': 'package main\n\nimport "example.com/app/internal/store"\n\nfunc main() { store.Open() }\n',
      'internal/store/store.go': 'package store\n\nfunc Open() {}\n',
    },
    bad: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod ./
COPY *.go ./
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
    good: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod ./
COPY *.go ./
COPY internal ./internal
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]`,
  },
  check,
};
