import { noGoModTidy } from '../../server/analysis/rules/no-go-mod-tidy.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const { required } = programs;
const { 'go.sum': _, ...withoutSum } = required;

const built = (...lines: readonly string[]): string => `FROM golang:1.26 AS build
WORKDIR /src
${lines.join('\n')}

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;

const tidy =
  'go mod tidy changes go.mod and go.sum in the build: the image may be made of other modules than the project names.';
const build = 'RUN go build -o /app .';

testRule(noGoModTidy, {
  valid: [
    { name: 'a download', files: required, code: built('COPY . .', 'RUN go mod download && go mod verify', build) },
    { name: '-diff', files: required, code: built('COPY . .', 'RUN go mod tidy -diff', build) },
    { name: 'nothing is built', code: 'FROM golang:1.26\nCOPY . .\nRUN go mod tidy\nCMD ["bash"]\n' },
    {
      name: 'only tests are run',
      files: required,
      code: 'FROM golang:1.26 AS check\nWORKDIR /src\nCOPY . .\nRUN go mod tidy && go test ./...\n',
    },
    { name: 'a development stage', code: 'FROM golang:1.26 AS dev\nCOPY . .\nRUN go mod tidy && go build .\n' },
    {
      name: 'go.mod is edited before',
      files: required,
      code: built('COPY . .', 'RUN go mod edit -replace a=../b && go mod tidy', build),
    },
    {
      name: 'a module of a tool',
      code: built(
        'RUN go mod init tools',
        'RUN go get example.com/tool@v1.0.0 && go mod tidy && go build -o /app example.com/tool',
      ),
    },
    { name: 'a go.mod for a program that needs no module', code: built('RUN go mod init x', 'COPY main.go .', build) },
    { name: 'in a trigger', code: built('COPY . .', 'ONBUILD RUN go mod tidy', build) },
    { name: 'after the build', code: built('COPY . .', build, 'RUN go mod tidy') },
    { name: 'named in a text', code: built('COPY . .', 'RUN echo "run go mod tidy"', build) },
  ],
  invalid: [
    {
      name: 'tidy',
      files: required,
      code: built('COPY . .', 'RUN «go mod» tidy', build),
      messages: [tidy],
      fixed: built('COPY . .', 'RUN go mod download', build),
    },
    {
      name: 'in a chain over lines, with flags',
      files: required,
      code: built(
        'COPY . .',
        'RUN --mount=type=cache,target=/go/pkg/mod \\',
        '    «go mod» tidy -v -compat=1.21 && \\',
        '    go build -o /app .',
      ),
      messages: [tidy],
      fixed: built(
        'COPY . .',
        'RUN --mount=type=cache,target=/go/pkg/mod \\',
        '    go mod download && \\',
        '    go build -o /app .',
      ),
    },
    {
      name: 'in a heredoc, with a variable before it',
      files: required,
      code: built('COPY . .', 'RUN <<EOF', 'GOFLAGS=-mod=mod «go mod» tidy', 'go build -o /app .', 'EOF'),
      messages: [tidy],
      fixed: built('COPY . .', 'RUN <<EOF', 'GOFLAGS=-mod=mod go mod download', 'go build -o /app .', 'EOF'),
    },
    {
      name: 'without go.sum the build would need it',
      files: withoutSum,
      code: built('COPY . .', 'RUN «go mod» tidy', build),
      messages: [tidy],
    },
    { name: 'nothing is known', code: built('COPY . .', 'RUN «go mod» tidy', build), messages: [tidy] },
    {
      name: 'init',
      code: built('COPY *.go ./', 'RUN «go mod» init app && go mod tidy', build),
      messages: ['go mod init makes a go.mod without versions: every build takes the newest modules.'],
    },
    {
      name: 'init before go get',
      code: built('RUN «go mod» init x', 'RUN go get example.com/lib@latest', 'COPY main.go .', build),
      messages: ['go mod init makes a go.mod without versions: every build takes the newest modules.'],
    },
    {
      name: 'init where go build adds modules',
      code: built('COPY *.go ./', 'RUN «go mod» init app', 'RUN go build -mod=mod -o /app .'),
      messages: ['go mod init makes a go.mod without versions: every build takes the newest modules.'],
    },
    {
      name: 'vendor',
      files: required,
      code: built('COPY . .', 'RUN «go mod» vendor', build),
      messages: ['go mod vendor copies every module into a layer, and go mod download alone would do.'],
      severity: 'information',
      fixed: built('COPY . .', 'RUN go mod download', build),
    },
    {
      name: 'vendor that is used by name',
      files: required,
      code: built('COPY . .', 'RUN «go mod» vendor', 'RUN go build -mod=vendor -o /app .'),
      messages: ['go mod vendor copies every module into a layer, and go mod download alone would do.'],
    },
  ],
});
