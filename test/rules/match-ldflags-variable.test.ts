import { matchLdflagsVariable } from '../../server/analysis/rules/match-ldflags-variable.ts';
import { testRule } from '../support/test-rule.ts';

const goMod = 'module example.com/acme/app\n\ngo 1.26\n';
const files = {
  'go.mod': goMod,
  'main.go': `package main

import (
	"example.com/acme/app/internal/build"
	"os"
)

const Constant = "x"

var (
	version, commit string
	started = os.Getenv("X")
	inlined = now()
	derived = Constant
	number  int
)

func main() { println(version, build.Date) }
`,
  'internal/build/build.go': 'package build\n\nvar Date = "never"\n',
  'internal/unused/unused.go': 'package unused\n\nvar Version string\n',
};

const build = (command: string, before = ''): string => `FROM golang:1.26 AS build
ARG VERSION
WORKDIR /src
COPY . .
${before}RUN ${command}

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;
const setting = (name: string): string =>
  build(`CGO_ENABLED=0 go build -ldflags="-s -w -X ${name}=$VERSION" -o /app .`);
const nothing = (name: string): string => `There is no variable ${name}: -X sets nothing.`;
const noPackage = (name: string): string => `No package of the program has the path of ${name}: -X sets nothing.`;
const several = {
  'go.mod': goMod,
  'cmd/a/main.go': 'package main\n\nvar version string\n\nfunc main() {}\n',
  'cmd/b/main.go': 'package main\n\nfunc main() {}\n',
};

testRule(matchLdflagsVariable, {
  valid: [
    { name: 'nothing is known', code: setting('main.Version') },
    ...[
      'main.version',
      'main.commit',
      'main.derived',
      'main.inlined',
      'example.com/acme/app/internal/build.Date',
      'runtime.buildVersion',
      'github.com/prometheus/common/version.Version',
    ].map((name) => ({ name, files, code: setting(name) })),
    { name: 'quoted', files, code: build(`CGO_ENABLED=0 go build -ldflags "-X 'main.version=a b'" -o /app .`) },
    {
      name: 'a variable makes the name',
      files,
      code: build('CGO_ENABLED=0 go build -ldflags "-X $PKG.Version=1" -o /app .'),
    },
    {
      name: 'a module that is required',
      files: { ...files, 'go.mod': `${goMod}\nrequire github.com/acme/lib v1.0.0\n` },
      code: setting('github.com/acme/lib/internal/build.Date'),
    },
    {
      name: 'sources are generated',
      files,
      code: build('CGO_ENABLED=0 go build -ldflags "-X main.Version=1" -o /app .', 'RUN go generate ./...\n'),
    },
    {
      name: 'sources are made by a script',
      files,
      code: build('CGO_ENABLED=0 go build -ldflags "-X main.Version=1" -o /app .', 'RUN ./generate.sh\n'),
    },
    {
      name: 'a source is written',
      files,
      code: build(
        'CGO_ENABLED=0 go build -ldflags "-X main.Version=1" -o /app .',
        'RUN echo "package main" > version.go\n',
      ),
    },
    {
      name: 'one of several programs has it',
      files: several,
      code: build('CGO_ENABLED=0 go build -ldflags "-X main.version=1" -o /out/ ./cmd/...'),
    },
    {
      name: 'a package that is generated',
      files: { ...files, 'main.go': 'package main\n\nimport _ "example.com/acme/app/gen"\n\nfunc main() {}\n' },
      code: setting('example.com/acme/app/gen.Version'),
    },
    {
      name: 'behind a tag',
      files: { ...files, 'release.go': '//go:build release\n\npackage main\n\nvar Version string\n' },
      code: build('CGO_ENABLED=0 go build -tags release -ldflags "-X main.Version=1" -o /app .'),
    },
  ],
  invalid: [
    {
      name: 'capitals',
      files,
      code: setting('«main.Version»'),
      messages: [nothing('main.Version')],
      fixed: setting('main.version'),
      severity: 'warning',
    },
    { name: 'no such variable', files, code: setting('«main.builtBy»'), messages: [nothing('main.builtBy')] },
    {
      name: 'the import path of the program',
      files,
      code: setting('«example.com/acme/app.version»'),
      messages: [
        'The linker calls the package of a program main, so that example.com/acme/app.version is nothing: -X sets nothing.',
      ],
      fixed: setting('main.version'),
    },
    {
      name: 'a path without its module',
      files,
      code: setting('«internal/build.Date»'),
      messages: [noPackage('internal/build.Date')],
      fixed: setting('example.com/acme/app/internal/build.Date'),
    },
    {
      name: 'the path before a fork',
      files,
      code: setting('«github.com/other/app/internal/build.Date»'),
      messages: [noPackage('github.com/other/app/internal/build.Date')],
      fixed: setting('example.com/acme/app/internal/build.Date'),
    },
    {
      name: 'a package that the program does not import',
      files,
      code: setting('«example.com/acme/app/internal/unused.Version»'),
      messages: [noPackage('example.com/acme/app/internal/unused.Version')],
    },
    {
      name: 'in another package',
      files,
      code: setting('«main.date»'),
      messages: [nothing('main.date')],
      fixed: setting('example.com/acme/app/internal/build.Date'),
    },
    {
      name: 'a constant',
      files,
      code: setting('«main.Constant»'),
      messages: ['main.Constant is a constant: -X sets nothing.'],
    },
    {
      name: 'a function',
      files,
      code: setting('«main.started»'),
      messages: ['main.started gets its value from a function when the program starts: what -X sets is lost.'],
    },
    {
      name: 'no string',
      files,
      code: setting('«main.number»'),
      messages: ['main.number is no string: the linker stops with "cannot set with -X".'],
      severity: 'error',
    },
    {
      name: 'two of three',
      files,
      code: build(
        'CGO_ENABLED=0 go build -ldflags "-X «main.Version»=1 -X main.commit=2 -X «main.Commit»=3" -o /app .',
      ),
      messages: [nothing('main.Version'), nothing('main.Commit')],
      fixed: build('CGO_ENABLED=0 go build -ldflags "-X main.version=1 -X main.commit=2 -X main.commit=3" -o /app .'),
    },
  ],
});
