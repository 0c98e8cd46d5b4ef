import { noGoGet } from '../../server/analysis/rules/no-go-get.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const { required } = programs;
const { 'go.sum': _, ...withoutSum } = required;

const run = (...lines: readonly string[]): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
${lines.join('\n')}
RUN go build -o /app .
`;

const may = 'go get may change go.mod and go.sum, and fetches for every package: go mod download takes what they say.';
const newer = 'go get -u takes newer modules than go.mod names: every build may be of other code.';
const nothing = (path: string): string => `go get installs no program since Go 1.18: ${path} only gets into go.mod.`;

const outside = (folder: string): string =>
  `go get works in a module alone since Go 1.18, and ${folder} has no go.mod: the build stops.`;

testRule(noGoGet, {
  valid: [
    { name: 'go mod download', code: run('RUN go mod download') },
    { name: 'a tool of go.mod', code: run('RUN go get -tool example.com/tool@v1.0.0') },
    { name: 'a module that is made here', code: run('RUN go mod init x && go get example.com/lib@v1 && go mod tidy') },
    { name: 'a requirement that is edited', code: run('RUN go mod edit -replace a=../b', 'RUN go get ./...') },
    { name: 'an old Go', code: run('RUN go get ./...').replace('1.26', '1.15') },
    { name: 'outside of a module with Go 1.17', code: 'FROM golang:1.17\nRUN go get example.com/tool@v1.0.0\n' },
    { name: 'a tool with Go 1.17', code: run('RUN go get example.com/tool@v1.0.0').replace('1.26', '1.17') },
    ...['alpine3.9', 'alpine3.13', '1-alpine3.12'].map((tag) => ({
      name: `outside of a module with golang:${tag}, which never got Go 1.18`,
      code: `FROM golang:${tag}\nRUN go get example.com/tool\n`,
    })),
    { name: 'GOPATH mode', code: run('ENV GO111MODULE=off', 'RUN go get ./...') },
    { name: 'another image', code: 'FROM alpine:3.12\nRUN apk add go && go get example.com/tool\n' },
    { name: 'in a trigger', code: run('ONBUILD RUN go get ./...') },
    { name: 'a variable', code: run('ARG WHAT', 'RUN go get $WHAT') },
    { name: 'another command', code: run('RUN echo go get ./... && apt-get install -y x') },
  ],
  invalid: [
    {
      name: 'everything',
      files: required,
      code: run('RUN «go get» -d -v ./...'),
      messages: [may],
      severity: 'warning',
      fixed: run('RUN go mod download'),
    },
    {
      name: 'without operands, in a chain over lines',
      files: required,
      code: run('RUN --mount=type=cache,target=/go/pkg/mod set -eux; \\', '    «go get»; \\', '    go vet ./...'),
      messages: [may],
      fixed: run(
        'RUN --mount=type=cache,target=/go/pkg/mod set -eux; \\',
        '    go mod download; \\',
        '    go vet ./...',
      ),
    },
    {
      name: 'newer ones, in a heredoc',
      files: required,
      code: run('RUN <<EOF', '«go get» -u ./...', 'EOF'),
      messages: [newer],
      fixed: run('RUN <<EOF', 'go mod download', 'EOF'),
    },
    { name: 'newer ones of another module', files: required, code: run('RUN «go get» -u a.b/c'), messages: [newer] },
    { name: 'without go.sum', files: withoutSum, code: run('RUN «go get» .'), messages: [may] },
    { name: 'nothing is known', code: run('RUN GOPROXY=direct «go get» ./...'), messages: [may] },
    {
      name: 'a tool',
      files: required,
      code: run('RUN «go get» -v example.com/cmd/tool@v1.0.0 && tool'),
      messages: [nothing('example.com/cmd/tool')],
      fixed: run('RUN go install example.com/cmd/tool@v1.0.0 && tool'),
    },
    {
      name: 'a tool without a version, with a floating tag',
      code: run('RUN «go get» example.com/tool').replace('1.26', 'latest'),
      messages: [nothing('example.com/tool')],
      fixed: run('RUN go install example.com/tool@latest').replace('1.26', 'latest'),
    },
    {
      name: 'a package of a module that is required',
      files: required,
      code: run('RUN «go get» golang.org/x/sync/errgroup@v0.18.0'),
      messages: [may],
      fixed: run('RUN go mod download'),
    },
    {
      name: 'the module of a package that a file for another tool imports',
      files: {
        ...programs.hello,
        'magefile.go':
          '//go:build mage\n\npackage main\n\nimport "example.com/make/steps"\n\nfunc main() { steps.Run() }\n',
      },
      code: 'FROM golang:1.26\nWORKDIR /src\nCOPY --from=corp/built /src/go.mod ./\nRUN «go get» example.com/make@v1.0.0\n',
      messages: [may],
    },
    {
      name: 'outside of a module',
      code: 'FROM golang:1.26\nRUN «go get» example.com/cmd/tool\n',
      messages: [outside('/go')],
      severity: 'error',
      fixed: 'FROM golang:1.26\nRUN go install example.com/cmd/tool@latest\n',
    },
    {
      name: 'outside of a module, on a release whose last Go was 1.18',
      code: 'FROM golang:stretch\nRUN «go get» example.com/cmd/tool\n',
      messages: [outside('/go')],
      severity: 'error',
      fixed: 'FROM golang:stretch\nRUN go install example.com/cmd/tool@latest\n',
    },
    {
      name: 'outside of a module, with a floating tag, what the program imports',
      files: programs.stranger,
      code: 'FROM golang\nWORKDIR /src\nRUN «go get» example.org/stranger other.example/x\nCOPY main.go .\nRUN go build main.go\n',
      messages: [outside('/src')],
      severity: 'error',
    },
    {
      name: 'outside of a module, where the build goes on',
      code: 'FROM golang:1.26\nRUN «go get» example.com/cmd/tool || true\n',
      messages: [nothing('example.com/cmd/tool')],
      fixed: 'FROM golang:1.26\nRUN go install example.com/cmd/tool@latest || true\n',
    },
  ],
});
