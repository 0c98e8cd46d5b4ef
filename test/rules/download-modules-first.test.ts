import { downloadModulesFirst } from '../../server/analysis/rules/download-modules-first.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const stage = (...lines: readonly string[]): string => `FROM golang:1.26 AS build\nWORKDIR /src\n${lines.join('\n')}\n`;
const text =
  'Every edit of a source file downloads all modules again, as the sources are copied before the modules are downloaded.';
const vendored = { ...programs.required, 'vendor/modules.txt': '# golang.org/x/sync v0.18.0\n## explicit\n' };
const replaced = {
  'go.mod':
    'module example.com/app\n\ngo 1.26\n\nrequire (\n\texample.com/dep v0.0.0\n)\n\nreplace example.com/dep => ./libs/dep\n',
  'main.go': 'package main\n\nfunc main() {}\n',
  'libs/dep/go.mod': 'module example.com/dep\n',
};

testRule(downloadModulesFirst, {
  valid: [
    {
      name: 'a hidden vendor folder, and no proxy',
      files: {
        ...programs.required,
        'vendor/modules.txt': '# golang.org/x/sync v0.18.0\n## explicit; go 1.24.0\ngolang.org/x/sync/errgroup\n',
        '.dockerignore': 'vendor\n',
      },
      code: 'FROM golang:1.26\nENV GOPROXY=off\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\n',
    },
    {
      name: 'go.mod first',
      files: programs.required,
      code: stage('COPY go.mod go.sum ./', 'RUN go mod download', 'COPY . .', 'RUN go build'),
    },
    { name: 'nothing to download', files: programs.hello, code: stage('COPY . .', 'RUN go build') },
    { name: 'vendored', files: vendored, code: stage('COPY . .', 'RUN go build') },
    { name: '-mod=vendor', files: programs.required, code: stage('COPY . .', 'RUN go build -mod=vendor') },
    {
      name: 'go.mod is bound',
      files: programs.required,
      code: stage(
        'RUN --mount=type=bind,source=go.mod,target=go.mod --mount=type=bind,source=go.sum,target=go.sum go mod download',
        'COPY . .',
        'RUN go build',
      ),
    },
    {
      name: 'the sources are bound, not copied',
      files: programs.required,
      code: stage('RUN --mount=target=. go build -o /app .'),
    },
    {
      name: 'the modules were downloaded in the stage below',
      files: programs.required,
      code: `FROM golang:1.26 AS deps\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\n\nFROM deps\nCOPY . .\nRUN go build\n`,
    },
    {
      name: 'the module cache comes from another stage',
      files: programs.required,
      code: `FROM golang:1.26 AS deps\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\n\nFROM golang:1.26\nWORKDIR /src\nCOPY --from=deps /go/pkg /go/pkg\nCOPY . .\nRUN go build\n`,
    },
    {
      name: 'the sources of a local replacement, which the download reads',
      files: { ...replaced, 'libs/dep/dep.go': 'package dep\n' },
      code: stage('COPY go.mod ./', 'COPY libs/dep ./libs/dep', 'RUN go mod download', 'COPY . .', 'RUN go build'),
    },
    {
      name: 'files without Go in them',
      files: { ...programs.required, 'web/index.html': '<p>', Makefile: 'all:\n' },
      code: stage(
        'COPY Makefile go.mod go.sum ./',
        'COPY web ./web',
        'RUN go mod download',
        'COPY . .',
        'RUN go build',
      ),
    },
    {
      name: 'xargs may have downloaded them',
      files: programs.required,
      code: stage(
        'COPY go.mod go.sum ./',
        "RUN go list -m -f '{{.Path}}' all | xargs -n1 go mod download",
        'COPY . .',
        'RUN go build',
      ),
    },
    {
      name: 'make may have downloaded them',
      files: { ...programs.required, Makefile: 'all:\n' },
      code: stage('COPY Makefile go.* ./', 'RUN make deps', 'COPY . .', 'RUN go build'),
    },
    {
      name: 'a script may have downloaded them',
      files: { ...programs.required, 'get.sh': '' },
      code: stage('COPY go.mod go.sum get.sh ./', 'RUN ./get.sh', 'COPY . .', 'RUN go build'),
    },
    { name: 'the project is not known', code: stage('COPY . .', 'RUN go build') },
    { name: 'no go command follows', files: programs.required, code: stage('COPY . .', 'RUN ls') },
    {
      name: 'only the trigger of another build',
      files: programs.required,
      code: stage('ONBUILD COPY . .', 'ONBUILD RUN go build'),
    },
    {
      name: 'a tool of another module',
      files: programs.required,
      code: stage('COPY . .', 'RUN go install example.org/tool@v1'),
    },
    ...[
      ['GO111MODULE=off', stage('ENV GO111MODULE=off', 'COPY . .', 'RUN go build')],
      ['GO111MODULE=off of one command', stage('COPY . .', 'RUN GO111MODULE=off go build')],
      ['Go 1.10', stage('COPY . .', 'RUN go build').replace('1.26', '1.10')],
      [
        'Go 1.12 below GOPATH',
        stage('COPY . .', 'RUN go build').replace('1.26', '1.12').replace('/src', '/go/src/app'),
      ],
    ].map(([name = '', code = '']) => ({ name: `go.mod does not count: ${name}`, files: programs.required, code })),
    {
      name: 'a go command in a branch, which may never run',
      files: programs.required,
      code: stage('COPY . .', 'RUN if [ ! -f app ]; then go build -o app .; fi'),
    },
    {
      name: 'COPY --parents, which may bring go.mod files alone',
      files: programs.required,
      code: stage('COPY --parents **/go.mod **/go.sum ./', 'RUN go mod download', 'COPY . .', 'RUN go build'),
    },
  ],
  invalid: [
    {
      name: 'vendor is hidden by .dockerignore, so it is no help',
      files: { ...vendored, '.dockerignore': 'vendor\n' },
      code: stage('«COPY . .»', 'RUN go build'),
      messages: [text],
      fixed: stage('COPY go.mod go.sum ./', 'RUN go mod download', 'COPY . .', 'RUN go build'),
    },
    {
      name: 'a workspace has more go.mod files than a fix may guess',
      files: {
        ...programs.required,
        'go.work': 'go 1.26\n\nuse (\n\t.\n\t./lib\n)\n',
        'lib/go.mod': 'module example.com/lib\n',
      },
      code: stage('«COPY . .»', 'RUN go build'),
      messages: [text],
    },
    {
      name: 'COPY . . and go build',
      files: programs.required,
      code: stage('«COPY . .»', 'RUN go build'),
      messages: [text],
      fixed: stage('COPY go.mod go.sum ./', 'RUN go mod download', 'COPY . .', 'RUN go build'),
      severity: 'warning',
    },
    {
      name: 'Go 1.12 outside of GOPATH',
      files: programs.required,
      code: stage('«COPY . .»', 'RUN go build').replace('1.26', '1.12').replace('/src', '/app'),
      messages: [text],
      fixed: stage('COPY go.mod go.sum ./', 'RUN go mod download', 'COPY . .', 'RUN go build')
        .replace('1.26', '1.12')
        .replace('/src', '/app'),
    },
    {
      name: 'the download moves up',
      files: programs.required,
      code: stage('«COPY . .»', 'RUN go mod download', 'RUN go build'),
      messages: [text],
      fixed: stage('COPY go.mod go.sum ./', 'RUN go mod download', 'COPY . .', 'RUN go build'),
    },
    ...[
      'RUN go env -w GOPROXY=https://proxy.test && go build',
      'RUN export GOPROXY=https://proxy.test && go build',
      'RUN GOPROXY=https://proxy.test go build',
      'RUN GOPROXY=https://proxy.test; export GOPROXY; go build',
      'RUN git config --global url.x.insteadOf y && go build',
      'RUN --mount=type=secret,id=netrc,target=/root/.netrc go build',
      'RUN --mount=type=ssh go build',
      'RUN apk add git && go build',
      'RUN cp deploy/.netrc /root && go build',
      'RUN git config --global url.x.insteadOf y && go mod download\nRUN go build',
    ].map((run) => ({
      name: `what a download above would lack: ${run.replace('\n', '; ')}`,
      files: programs.required,
      code: stage('«COPY . .»', run),
      messages: [text],
    })),
    ...[
      'RUN mkdir -p /out && GOOS=linux GO111MODULE=on CGO_ENABLED=0 go build -o /out/',
      'RUN go version\nRUN go build',
    ].map((run) => ({
      name: `nothing that a download above would lack: ${run.replace('\n', '; ')}`,
      files: programs.required,
      code: stage('«COPY . .»', run),
      messages: [text],
      fixed: stage('COPY go.mod go.sum ./', 'RUN go mod download', 'COPY . .', run),
    })),
    {
      name: 'a download moves with its secret',
      files: programs.required,
      code: stage('«COPY . .»', 'RUN --mount=type=secret,id=netrc GOPROXY=direct go mod download', 'RUN go build'),
      messages: [text],
      fixed: stage(
        'COPY go.mod go.sum ./',
        'RUN --mount=type=secret,id=netrc GOPROXY=direct go mod download',
        'COPY . .',
        'RUN go build',
      ),
    },
    {
      name: 'a download with more in its RUN stays',
      files: programs.required,
      code: stage('«COPY ./ /src/»', 'RUN go mod download && go build'),
      messages: [text],
      fixed: stage('COPY go.mod go.sum ./', 'RUN go mod download', 'COPY ./ /src/', 'RUN go mod download && go build'),
    },
    {
      name: 'with the go.mod of a local replacement, and no go.sum',
      files: replaced,
      code: stage('«COPY . .»', 'RUN go build'),
      messages: [text],
      fixed: stage(
        'COPY go.mod ./',
        'COPY libs/dep/go.mod ./libs/dep/',
        'RUN go mod download',
        'COPY . .',
        'RUN go build',
      ),
    },
    {
      name: 'a cache mount keeps the modules on this builder',
      files: programs.required,
      code: stage('«COPY . .»', 'RUN --mount=type=cache,target=/go/pkg/mod go build'),
      messages: [text],
      fixed: stage(
        'COPY go.mod go.sum ./',
        'RUN --mount=type=cache,target=/go/pkg/mod go mod download',
        'COPY . .',
        'RUN --mount=type=cache,target=/go/pkg/mod go build',
      ),
      severity: 'information',
    },
    {
      name: 'go.sum is hidden by .dockerignore',
      files: { ...programs.required, '.dockerignore': 'go.sum\n' },
      code: stage('«COPY . .»', 'RUN go build'),
      messages: [text],
      fixed: stage('COPY go.mod ./', 'RUN go mod download', 'COPY . .', 'RUN go build'),
    },
    {
      name: 'go get is the download',
      files: programs.required,
      code: stage('«COPY . .»', 'RUN go get -d ./...', 'RUN go build'),
      messages: [text],
      fixed: stage('COPY go.mod go.sum ./', 'RUN go mod download', 'COPY . .', 'RUN go get -d ./...', 'RUN go build'),
    },
    {
      name: 'a part of the sources stands above the download',
      files: { ...programs.required, 'cmd/app/main.go': 'package main\n\nfunc main() {}\n' },
      code: stage('COPY go.mod go.sum ./', '«COPY cmd ./cmd»', 'RUN go mod download', 'RUN go build ./cmd/app'),
      messages: [text],
      fixed: stage('COPY go.mod go.sum ./', 'RUN go mod download', 'COPY cmd ./cmd', 'RUN go build ./cmd/app'),
    },
    {
      name: 'Go files beside go.mod',
      files: programs.required,
      code: stage('«COPY go.mod go.sum *.go ./»', 'RUN go build'),
      messages: [text],
      fixed: stage('COPY go.mod go.sum ./', 'RUN go mod download', 'COPY go.mod go.sum *.go ./', 'RUN go build'),
    },
    {
      name: 'the module lies below the folder that is copied',
      files: { 'srv/go.mod': programs.required['go.mod'], 'srv/go.sum': '', 'srv/main.go': 'package main\n' },
      code: stage('«COPY . .»', 'WORKDIR srv', 'RUN go build'),
      messages: [text],
    },
    {
      name: 'a working directory that go refuses has no fix here',
      files: programs.required,
      code: 'FROM golang:1.26\n«COPY . .»\nRUN go build\n',
      messages: [text],
    },
    {
      name: 'what the download needs stands below the sources',
      files: programs.required,
      code: 'FROM golang:1.26\nWORKDIR /src\n«COPY . .»\nENV GOPRIVATE=golang.org/x\nRUN go mod download\nRUN go build -o /app .\n',
      messages: [
        'Every edit of a source file downloads all modules again, as the sources are copied before the modules are downloaded.',
      ],
    },
    {
      name: 'a login stands below the sources',
      files: programs.required,
      code: 'FROM golang:1.26\nWORKDIR /src\n«COPY . .»\nRUN git config --global url.a.insteadOf b\nRUN go build -o /app .\n',
      messages: [
        'Every edit of a source file downloads all modules again, as the sources are copied before the modules are downloaded.',
      ],
    },
  ],
});
