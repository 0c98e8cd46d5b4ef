import assert from 'node:assert/strict';
import { programs } from '../../support/programs.ts';
import type { Files } from '../../support/project.ts';
import { binaryText, lastStage, traceOf } from './traced.ts';

interface Row {
  readonly name: string;
  readonly from?: string;
  /** Lines behind `WORKDIR /src` and `COPY . .`. */
  readonly lines: string;
  readonly files?: Files;
  readonly expected: string;
}

const table: readonly Row[] = [
  { name: 'a C compiler and net', lines: 'RUN go build -o /app .', expected: 'glibc' },
  { name: 'no C compiler', from: 'golang:1.26-alpine', lines: 'RUN go build -o /app .', expected: 'static' },
  {
    name: 'gcc on Alpine',
    from: 'golang:1.26-alpine',
    lines: 'RUN apk add gcc musl-dev\nRUN go build -o /app .',
    expected: 'musl',
  },
  {
    name: 'build-base on Alpine, in the same RUN',
    from: 'golang:1.26-alpine',
    lines: 'RUN apk add -U build-base git && go build -o /app .',
    expected: 'musl',
  },
  {
    name: 'musl-dev alone is no compiler',
    from: 'golang:1.26-alpine',
    lines: 'RUN apk add musl-dev\nRUN go build -o /app .',
    expected: 'static',
  },
  {
    name: 'a package by variable may be gcc',
    from: 'golang:1.26-alpine',
    lines: 'ARG P\nRUN apk add $P\nRUN go build -o /app .',
    expected: 'unknown, likely musl',
  },
  { name: 'cgo off by prefix', lines: 'RUN CGO_ENABLED=0 go build -o /app .', expected: 'static' },
  { name: 'by a quoted prefix', lines: 'RUN CGO_ENABLED="0" go build -o /app .', expected: 'static' },
  { name: 'by env', lines: 'RUN env CGO_ENABLED=0 go build -o /app .', expected: 'static' },
  { name: 'by ENV', lines: 'ENV CGO_ENABLED=0\nRUN go build -o /app .', expected: 'static' },
  { name: 'by ENV in the old form', lines: 'ENV CGO_ENABLED 0\nRUN go build -o /app .', expected: 'static' },
  { name: 'by ARG', lines: 'ARG CGO_ENABLED=0\nRUN go build -o /app .', expected: 'static' },
  {
    name: 'ENV beats a later ARG',
    lines: 'ENV CGO_ENABLED=1\nARG CGO_ENABLED=0\nRUN go build -o /app .',
    expected: 'glibc',
  },
  {
    name: 'ENV takes the value of an ARG',
    lines: 'ARG CGO=0\nENV CGO_ENABLED=$CGO\nRUN go build -o /app .',
    expected: 'static',
  },
  {
    name: 'an ARG without default decides',
    lines: 'ARG CGO_ENABLED\nRUN go build -o /app .',
    expected: 'unknown, likely glibc',
  },
  { name: 'a default in the shell', lines: 'RUN CGO_ENABLED=${CGO:-0} go build -o /app .', expected: 'static' },
  { name: 'by export', lines: 'RUN export CGO_ENABLED=0 && go build -o /app .', expected: 'static' },
  {
    name: 'by export of several',
    lines: 'RUN export GOOS=linux CGO_ENABLED=0; go build -o /app .',
    expected: 'static',
  },
  {
    name: 'export does not outlive its RUN',
    lines: 'RUN export CGO_ENABLED=0\nRUN go build -o /app .',
    expected: 'glibc',
  },
  { name: 'a plain assignment is not exported', lines: 'RUN CGO_ENABLED=0; go build -o /app .', expected: 'glibc' },
  {
    name: 'a plain assignment of an exported variable',
    lines: 'ENV CGO_ENABLED=1\nRUN CGO_ENABLED=0; go build -o /app .',
    expected: 'static',
  },
  {
    name: 'export in a subshell stays there',
    lines: 'RUN (export CGO_ENABLED=0) && go build -o /app .',
    expected: 'glibc',
  },
  { name: 'go env -w in the same RUN', lines: 'RUN go env -w CGO_ENABLED=0 && go build -o /app .', expected: 'static' },
  {
    name: 'go env -w in an earlier RUN',
    lines: 'RUN go env -w CGO_ENABLED=0 GOFLAGS=-trimpath\nRUN go build -o /app .',
    expected: 'static',
  },
  {
    name: 'the environment beats go env -w',
    lines: 'ENV CGO_ENABLED=1\nRUN go env -w CGO_ENABLED=0\nRUN go build -o /app .',
    expected: 'glibc',
  },
  {
    name: 'only in a branch',
    lines: 'RUN if [ -n "$X" ]; then export CGO_ENABLED=0; fi; go build -o /app .',
    expected: 'unknown, likely glibc',
  },
  { name: 'another operating system', lines: 'RUN GOOS=windows go build -o /app .', expected: 'unknown' },
  {
    name: 'another architecture may be the same',
    lines: 'RUN GOARCH=arm64 go build -o /app .',
    expected: 'unknown, likely glibc',
  },
  {
    name: 'the target is the builder',
    lines: 'ARG TARGETARCH\nRUN GOARCH=$TARGETARCH go build -o /app .',
    expected: 'glibc',
  },
  { name: 'tags for the pure Go resolver', lines: 'RUN go build -tags netgo,osusergo -o /app .', expected: 'static' },
  { name: 'tags by GOFLAGS', lines: 'ENV GOFLAGS=-tags=netgo,osusergo\nRUN go build -o /app .', expected: 'static' },
  { name: 'tags by a variable', lines: 'ARG TAGS\nRUN go build -tags "$TAGS" -o /app .', expected: 'unknown' },
  {
    name: 'linked statically by the C linker',
    lines: `RUN go build -ldflags '-linkmode external -extldflags "-static"' -o /app .`,
    expected: 'static',
  },
  { name: '-extldflags alone', lines: `RUN go build -ldflags '-extldflags "-static"' -o /app .`, expected: 'glibc' },
  { name: 'pie', lines: 'RUN CGO_ENABLED=0 go build -buildmode=pie -o /app .', expected: 'glibc' },
  { name: 'only fmt', lines: 'RUN go build -o /app .', files: programs.hello, expected: 'static' },
  { name: 'import "C"', lines: 'RUN go build -o /app .', files: programs.cgo, expected: 'glibc' },
  {
    name: 'imports nobody can follow',
    lines: 'RUN go build -o /app .',
    files: programs.stranger,
    expected: 'unknown, likely glibc',
  },
  {
    name: 'a toolchain image of somebody else',
    from: 'example.org/go:1',
    lines: 'RUN go build -o /app .',
    expected: 'unknown',
  },
  {
    name: 'a mirror of the golang image',
    from: 'public.ecr.aws/docker/library/golang:1.26',
    lines: 'RUN go build -o /app .',
    expected: 'glibc',
  },
  {
    name: 'Debian with golang from apt',
    from: 'debian:trixie-slim',
    lines: 'RUN apt-get update && apt-get install -y golang-go gcc\nRUN go build -o /app .',
    expected: 'glibc',
  },
];

describe('how a binary is linked', () => {
  for (const { name, from = 'golang:1.26', lines, files = programs.web, expected } of table) {
    it(name, () => {
      const trace = traceOf(`FROM ${from}\nWORKDIR /src\nCOPY . .\n${lines}\n`, files);
      assert.deepEqual(lastStage(trace).binaries.map(binaryText), [`/app ${expected}`]);
    });
  }

  it('follows a stage that starts from another', () => {
    const code = `FROM golang:1.26 AS base
ENV CGO_ENABLED=0
WORKDIR /src

FROM base AS deps
COPY . .

FROM deps
RUN go build -o /app .
`;
    assert.deepEqual(lastStage(traceOf(code, programs.web)).binaries.map(binaryText), ['/app static']);
  });

  it('an ARG reaches the stages that start from its stage, and no other', () => {
    const base = 'FROM golang:1.26 AS base\nARG CGO_ENABLED=0\n\n';
    const rest = 'WORKDIR /src\nCOPY . .\nRUN go build -o /app .\n';
    const child = lastStage(traceOf(`${base}FROM base\n${rest}`, programs.web));
    const stranger = lastStage(traceOf(`${base}FROM golang:1.26\n${rest}`, programs.web));
    assert.deepEqual(
      [child, stranger].flatMap(({ binaries }) => binaries.map(binaryText)),
      ['/app static', '/app glibc'],
    );
  });
});
