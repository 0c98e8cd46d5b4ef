import assert from 'node:assert/strict';
import { analyze } from '../../server/analysis/analyze.ts';
import { programSignals } from '../../server/analysis/go/project-signals.ts';
import type { Reading } from '../../server/analysis/go/reading.ts';
import { noSurroundings } from '../../server/analysis/go/surroundings.ts';
import { improve } from '../../server/generate/improve/improve.ts';
import { onDataDay } from '../support/day.ts';
import { programs } from '../support/programs.ts';
import { type Files, projectOf } from '../support/project.ts';

const readingOf = (files: Files): Reading => {
  const facts = projectOf(files);
  return { facts, signals: (main) => programSignals(facts, main), surroundings: noSurroundings };
};

const improved = (files: Files, text: string) => {
  const made = improve(text, readingOf(files), '/p', '2026-11-25');
  if ('reason' in made) throw new Error(made.reason);
  return made;
};

const refusal = (files: Files, text: string): string => {
  const made = improve(text, readingOf(files), '/p', '2026-11-25');
  return 'reason' in made ? made.reason : made.dockerfile;
};

const errorsOf = (files: Files, text: string): readonly string[] =>
  analyze(text, projectOf(files), onDataDay).findings.map(({ rule }) => rule);

const compile = `RUN --mount=type=cache,target=/go/pkg/mod \\
    --mount=type=cache,target=/root/.cache/go-build \\
    CGO_ENABLED=0 go build -trimpath -ldflags="-s -w"`;

const download = `COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod \\
    go mod download`;

const files = programs.required;

describe('improve', () => {
  it('gives a file with one stage a second one, and keeps its paths', () => {
    const { dockerfile, notKept } = improved(
      files,
      `FROM golang:1.19-alpine
WORKDIR /build
COPY go.mod .
RUN go mod download
COPY . .
RUN go build -o /main main.go
ENTRYPOINT ["/main"]
`,
    );
    assert.equal(
      dockerfile,
      `FROM golang:1.26-alpine AS build
WORKDIR /build

${download}

COPY . .
${compile} -o /out/app .

FROM scratch
COPY --from=build /out/app /main
USER 65532:65532
ENTRYPOINT ["/main"]
`,
    );
    assert.deepEqual(notKept, []);
    assert.deepEqual(errorsOf(files, dockerfile), []);
  });

  it("keeps the author's directives, arguments, labels, user steps, comments and stages", () => {
    const text = `# syntax=docker/dockerfile:1

# The version of all.
ARG VERSION=1.0

# Lints what is shipped.
FROM golangci/golangci-lint:v2.5 AS lint
COPY . .
RUN golangci-lint run

# Compiles.
FROM golang:1.26.4 AS compile
LABEL stage=compile
# git for the version
RUN apt-get update && apt-get install -y git
WORKDIR /app
COPY . .
ARG VERSION
# Really compiles.
RUN CGO_ENABLED=0 go build -a -installsuffix cgo -ldflags "-X main.version=\${VERSION}" -tags "foo" -o server .

# Runs.
FROM alpine:3.23
RUN adduser -D -u 1001 app
# Its settings.
COPY config.yaml /etc/app/
# The program.
COPY --from=compile /app/server /usr/bin/server
USER 1001
EXPOSE 8080
CMD ["/usr/bin/server", "-v"]
`;
    const { dockerfile, notKept } = improved({ ...files, 'config.yaml': '' }, text);
    assert.equal(
      dockerfile,
      `# syntax=docker/dockerfile:1

# The version of all.
ARG VERSION=1.0

# Lints what is shipped.
FROM golangci/golangci-lint:v2.5 AS lint
COPY . .
RUN golangci-lint run

# Compiles.
FROM golang:1.26.4 AS compile
WORKDIR /app
LABEL stage=compile

${download}

COPY . .
ARG VERSION
# Really compiles.
${compile.replace('-trimpath -ldflags="-s -w"', '-tags=foo -trimpath -ldflags="-s -w -X main.version=${VERSION}"')} -o /app/server .

# Runs.
FROM alpine:3.23
RUN adduser -D -u 1001 app
# Its settings.
COPY config.yaml /etc/app/
# The program.
COPY --from=compile /app/server /usr/bin/server
USER 1001
EXPOSE 8080
CMD ["/usr/bin/server", "-v"]
`,
    );
    assert.deepEqual(notKept, ['# git for the version']);
  });

  it('takes a program out of /root, where only root may go, before it gives it another user', () => {
    const { dockerfile } = improved(
      files,
      `FROM golang:1.26 AS build
WORKDIR /app
COPY . .
RUN go build -o main .

FROM alpine:latest
WORKDIR /root/
COPY --from=build /app/main .
CMD ["./main"]
`,
    );
    assert.match(
      dockerfile,
      /^FROM alpine:3\.24\nCOPY --from=build \/app\/main \/usr\/local\/bin\/main\nUSER 65532:65532$/m,
    );
    assert.match(dockerfile, /^CMD \["\/usr\/local\/bin\/main"\]$/m);
  });

  it('moves what is about running into the second stage, and takes a shell where one is used', () => {
    const { dockerfile, notKept } = improved(
      files,
      `FROM golang:1.26
ENV LANG=C
WORKDIR /go/src/app
ADD . .
RUN apt-get update && apt-get install -y ffmpeg
RUN go install .
RUN useradd -u 1001 app
RUN rm -rf /go/pkg
VOLUME /data
USER app
EXPOSE 80
CMD app -p $PORT
`,
    );
    const [first = '', second = ''] = dockerfile.split('\n\nFROM ');
    assert.match(first, /^RUN apt-get update && apt-get install -y ffmpeg$/m);
    assert.match(second, /^debian:trixie-slim\n/);
    for (const line of [
      'ENV LANG=C',
      'RUN useradd -u 1001 app',
      'VOLUME /data',
      'USER app',
      'EXPOSE 80',
      'CMD app -p $PORT',
    ])
      assert.ok(second.includes(`\n${line}\n`), line);
    assert.deepEqual(notKept, ['RUN rm -rf /go/pkg']);
  });

  it('compiles what go run would compile at every start', () => {
    const { dockerfile } = improved(
      files,
      'FROM golang:1.26\nWORKDIR /app\nCOPY . .\nCMD ["go", "run", "main.go", "-x"]\n',
    );
    assert.match(dockerfile, /^ENTRYPOINT \["\/usr\/local\/bin\/app", "-x"\]$/m);
  });

  it('says why it does not when it cannot be told what the file does', () => {
    assert.match(refusal(files, 'FROM node:24\nCMD ["node"]\n'), /^Which Go program/);
    assert.match(refusal(files, ''), /no stage/);
  });

  const forked = (deps: string, build: string): string => `FROM golang:1.26 AS deps
WORKDIR /app
${deps}

FROM deps AS test
RUN go test ./...

${build}
FROM scratch
COPY --from=build /server /server
`;

  it('keeps a stage from which others start too, with the sources in it', () => {
    const started = `${forked('COPY . .', 'FROM deps AS build\nRUN CGO_ENABLED=0 go build -o /server .\n')}ENTRYPOINT ["/server"]\n`;
    const { dockerfile, notKept } = improved(files, started);
    assert.match(dockerfile, /^FROM golang:1\.26 AS deps\nWORKDIR \/app\nCOPY \. \.\n\nFROM deps AS test\nRUN go test/);
    const own = dockerfile.slice(dockerfile.indexOf('FROM deps AS build'), dockerfile.indexOf('FROM scratch'));
    assert.equal(own, `FROM deps AS build\nWORKDIR /app\n\n${download}\n\n${compile} -o /server .\n\n`);
    assert.deepEqual(notKept, []);
  });

  it('downloads nothing twice where such a stage has the modules in its layers', () => {
    const deps = 'COPY go.mod go.sum ./\nRUN go mod download';
    const build = 'FROM deps AS build\nCOPY . .\nRUN go build -o /server .\n';
    const { dockerfile } = improved(files, `${forked(deps, build)}ENTRYPOINT ["/server"]\n`);
    assert.match(
      dockerfile,
      /FROM deps AS build\nWORKDIR \/app\n\nCOPY \. \.\nRUN --mount=type=cache,target=\/root\/\.cache\/go-build \\\n {4}CGO_ENABLED=0 go build/,
    );
  });

  it('leaves -mod=vendor out, which stops go where there is no vendor folder, and keeps other flags', () => {
    const text = 'FROM golang:1.26\nWORKDIR /app\nCOPY . .\nRUN go build -mod=vendor -race -p 2 -o /x .\nCMD ["/x"]\n';
    const { dockerfile, notKept } = improved(files, text);
    assert.match(dockerfile, /go build -p 2 -trimpath/);
    assert.deepEqual(notKept, ['go build -race']);
  });

  it('keeps Windows line ends, and is at rest when done twice', () => {
    const text = 'FROM golang:1.26\nWORKDIR /app\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app/x .\nCMD ["/app/x"]\n';
    const { dockerfile } = improved(files, text.replaceAll('\n', '\r\n'));
    assert.equal(dockerfile.replaceAll('\r\n', '').includes('\n'), false);
    const once = improved(files, text).dockerfile;
    assert.equal(improved(files, once).dockerfile, once);
  });
});
