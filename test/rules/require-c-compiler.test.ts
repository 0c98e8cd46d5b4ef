import { requireCCompiler } from '../../server/analysis/rules/require-c-compiler.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const sqlite = {
  'go.mod': 'module example.com/app\n\ngo 1.26\n\nrequire github.com/mattn/go-sqlite3 v1.14.32\n',
  'go.sum': 'github.com/mattn/go-sqlite3 v1.14.32 h1:AAAA=\n',
  'main.go': 'package main\n\nimport _ "github.com/mattn/go-sqlite3"\n\nfunc main() {}\n',
};

const build = (command: string, builder = 'golang:1.26-alpine', before = ''): string => `FROM ${builder} AS build
${before}WORKDIR /src
COPY . .
${command}

FROM alpine:3.24
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;
const on = 'RUN CGO_ENABLED=1 go build -o /app .';

const noCompiler =
  'cgo is on, and golang:1.26-alpine has no C compiler: go build stops with "executable file not found in $PATH".';
const ownCode =
  'example.com/app is C code, and golang:1.26-alpine has no C compiler: go build stops with "build constraints exclude all Go files".';
const race = (verb: string): string =>
  `-race needs cgo, and golang:1.26-alpine has no C compiler: go ${verb} stops with "-race requires cgo".`;

testRule(requireCCompiler, {
  valid: [
    { name: 'Debian has gcc', files: programs.cgo, code: build(on, 'golang:1.26') },
    {
      name: 'gcc is installed',
      files: programs.cgo,
      code: build(on, 'golang:1.26-alpine', 'RUN apk add gcc musl-dev\n'),
    },
    { name: 'build-base', files: programs.cgo, code: build(on, 'golang:1.26-alpine', 'RUN apk add build-base\n') },
    {
      name: 'a package that may bring a compiler',
      files: programs.cgo,
      code: build(on, 'golang:1.26-alpine', 'RUN apk add rust\n'),
    },
    {
      name: 'packages by variable',
      files: programs.cgo,
      code: build(on, 'golang:1.26-alpine', 'ARG PACKAGES\nRUN apk add $PACKAGES\n'),
    },
    { name: 'a script', files: programs.cgo, code: build(`RUN ./setup.sh\n${on}`) },
    {
      name: 'programs copied into it',
      files: programs.cgo,
      code: build(on, 'golang:1.26-alpine', 'COPY --from=tonistiigi/xx / /\n'),
    },
    { name: 'a CC of its own', files: programs.cgo, code: build('RUN CC=zig-cc CGO_ENABLED=1 go build -o /app .') },
    { name: 'only fmt', files: programs.hello, code: build(on) },
    { name: 'net without cgo', files: programs.web, code: build('RUN go build -o /app .') },
    { name: 'pure Go by tags', files: programs.web, code: build('RUN CGO_ENABLED=1 go build -tags netgo -o /app .') },
    {
      name: 'CGO_ENABLED=0 is the other rule',
      files: programs.cgo,
      code: build('RUN CGO_ENABLED=0 go build -o /app .'),
    },
    {
      name: 'CGO_ENABLED without a default',
      files: programs.cgo,
      code: build('ARG CGO_ENABLED\nRUN go build -o /app .'),
    },
    { name: 'an image nobody described', files: programs.cgo, code: build(on, 'example.com/go:1.26-alpine') },
    { name: 'Go of Alpine brings gcc', files: programs.cgo, code: build(on, 'alpine:3.24', 'RUN apk add go\n') },
    { name: 'a build that may fail', files: programs.cgo, code: build(`${on} || true`) },
    { name: 'imports that cannot be read', files: programs.stranger, code: build(on) },
    {
      name: 'tests with the race detector and a compiler',
      files: programs.hello,
      code: build('RUN go test -race ./...', 'golang:1.26-alpine', 'RUN apk add --no-cache build-base\n'),
    },
    { name: 'tests that may fail', files: programs.hello, code: build('RUN go test -race ./... || true') },
    { name: '-race=false', files: programs.hello, code: build('RUN go build -race=false -o /app .') },
    {
      name: 'an internal link',
      files: programs.hello,
      code: build('RUN go build -ldflags "-linkmode internal" -o /app .'),
    },
    { name: 'a cross build', files: sqlite, code: build('RUN GOARCH=arm64 go build -o /app .') },
  ],
  invalid: [
    {
      name: 'net/http with cgo on needs no C at all',
      files: programs.web,
      code: build('RUN CGO_ENABLED=1 «go build» -o /app .'),
      messages: [noCompiler],
      fixed: build('RUN CGO_ENABLED=0 go build -o /app .'),
      fixes: ['Build with CGO_ENABLED=0', 'Install a C compiler and the headers of musl'],
      severity: 'error',
    },
    {
      name: 'C of its own with cgo on',
      files: programs.cgo,
      code: build(
        'ENV CGO_ENABLED=1\nRUN «go build» -o /app .',
        'golang:1.26-alpine',
        'RUN apk add --no-cache git make\n',
      ),
      messages: [noCompiler],
      fixed: build(
        'ENV CGO_ENABLED=1\nRUN apk add --no-cache gcc musl-dev\nRUN go build -o /app .',
        'golang:1.26-alpine',
        'RUN apk add --no-cache git make\n',
      ),
    },
    {
      name: 'C of its own, cgo off by default',
      files: programs.cgo,
      code: build('RUN «go build» -o /app .'),
      messages: [ownCode],
      fixed: build('RUN apk add --no-cache gcc musl-dev\nRUN go build -o /app .'),
      severity: 'error',
    },
    {
      name: 'C++ of its own',
      files: { ...programs.cgo, 'length.cc': '' },
      code: build('RUN «go build» -o /app .'),
      messages: [ownCode],
      fixed: build('RUN apk add --no-cache g++ musl-dev\nRUN go build -o /app .'),
    },
    {
      name: 'go-sqlite3 becomes a stub',
      files: sqlite,
      code: build('RUN «go build» -o /app .'),
      messages: [
        'github.com/mattn/go-sqlite3 is C code; without a C compiler in golang:1.26-alpine it is a stub that fails at its first use.',
      ],
      fixed: build('RUN apk add --no-cache gcc musl-dev\nRUN go build -o /app .'),
      severity: 'warning',
      related: [
        'golang:1.26-alpine has no C compiler.',
        'Its imports lead there: example.com/app → github.com/mattn/go-sqlite3.',
      ],
    },
    {
      name: 'a user who may not install packages',
      files: programs.cgo,
      code: build('USER 1000\nRUN «go build» -o /app .'),
      messages: [ownCode],
    },
    {
      name: 'the race detector of a program without C',
      files: programs.hello,
      code: build('RUN go build «-race» -o /app .'),
      messages: [race('build')],
      fixed: build('RUN go build -o /app .'),
      fixes: ['Leave -race out', 'Install a C compiler and the headers of musl'],
      severity: 'error',
    },
    {
      name: 'tests with the race detector',
      files: programs.hello,
      code: build('RUN go test «-race» ./...\nRUN go build -o /app .'),
      messages: [race('test')],
      fixed: build('RUN apk add --no-cache gcc musl-dev\nRUN go test -race ./...\nRUN go build -o /app .'),
      fixes: ['Install a C compiler and the headers of musl', 'Leave -race out'],
    },
    {
      name: 'an external link',
      files: programs.hello,
      code: build('RUN go build -ldflags "-s «-linkmode external»" -o /app .'),
      messages: [
        '-linkmode external needs cgo, and golang:1.26-alpine has no C compiler: go build stops with "requires external (cgo) linking, but cgo is not enabled".',
      ],
      fixed: build('RUN go build -ldflags "-s" -o /app .'),
      severity: 'error',
    },
  ],
});
