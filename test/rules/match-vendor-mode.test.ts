import { matchVendorMode } from '../../server/analysis/rules/match-vendor-mode.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const { required, hello } = programs;
const listed = {
  'vendor/modules.txt': '# golang.org/x/sync v0.18.0\n## explicit; go 1.24.0\ngolang.org/x/sync/errgroup\n',
};
const vendored = { ...required, ...listed };

const built = (...lines: readonly string[]): string => `FROM golang:1.26 AS build
WORKDIR /src
${lines.join('\n')}

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;

const fetched = 'go mod download fetches every module, and go build takes them from vendor/.';

testRule(matchVendorMode, {
  valid: [
    { name: 'nothing is known', code: built('COPY . .', 'RUN go mod download', 'RUN go build -mod=vendor -o /app .') },
    { name: 'vendored, no download', files: vendored, code: built('COPY . .', 'RUN go build -mod=vendor -o /app .') },
    { name: 'not vendored', files: required, code: built('COPY . .', 'RUN go mod download', 'RUN go build -o /app .') },
    {
      name: '-mod=mod',
      files: vendored,
      code: built('COPY . .', 'RUN go mod download', 'RUN go build -mod=mod -o /app .'),
    },
    {
      name: '-mod=mod in GOFLAGS',
      files: vendored,
      code: built('ENV GOFLAGS=-mod=mod', 'COPY . .', 'RUN go mod download', 'RUN go build -o /app .'),
    },
    {
      name: '-mod by a variable',
      files: required,
      code: built('ARG MODE', 'COPY . .', 'RUN go build -mod=$MODE -o /app .'),
    },
    {
      name: 'an old go line',
      files: { ...vendored, 'go.mod': required['go.mod'].replace('go 1.26', 'go 1.13') },
      code: built('COPY . .', 'RUN go mod download', 'RUN go build -o /app .'),
    },
    {
      name: '.dockerignore has vendor: the download is needed',
      files: { ...vendored, '.dockerignore': 'vendor\n' },
      code: built('COPY . .', 'RUN go mod download', 'RUN go build -o /app .'),
    },
    {
      name: '.dockerignore has vendor: there is a cache for the modules',
      files: { ...vendored, '.dockerignore': 'vendor\n' },
      code: built('COPY . .', 'RUN --mount=type=cache,target=/go/pkg/mod go build -o /app .'),
    },
    {
      name: '.dockerignore has vendor, and nothing is imported from it',
      files: { ...vendored, '.dockerignore': 'vendor\n', 'main.go': hello['main.go'] },
      code: built('COPY . .', 'RUN go build -o /app .'),
    },
    {
      name: '.dockerignore has vendor: a stage below has downloaded the modules',
      files: { ...vendored, '.dockerignore': 'vendor\n' },
      code: `FROM golang:1.26 AS modules\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\n\n${built('ENV GOPROXY=off', 'COPY . .', 'RUN go build -o /app .').replace('FROM golang:1.26', 'FROM modules')}`,
    },
    {
      name: '.dockerignore has vendor: -mod=mod says where the modules come from',
      files: { ...vendored, '.dockerignore': 'vendor\n' },
      code: built('COPY . .', 'RUN go build -mod=mod -o /app .'),
    },
    {
      name: 'the folder is not copied',
      files: vendored,
      code: built('COPY go.mod go.sum main.go ./', 'RUN go mod download', 'RUN go build -o /app .'),
    },
    {
      name: 'modules of a tool are downloaded',
      files: vendored,
      code: built('COPY . .', 'RUN go mod download golang.org/x/tools', 'RUN go build -o /app .'),
    },
    {
      name: 'the module cache is read',
      files: vendored,
      code: built(
        'COPY . .',
        'RUN go mod download',
        'RUN cp -r /go/pkg/mod/golang.org/x/sync@v0.18.0/errgroup /opt/',
        'RUN go build -o /app .',
      ),
    },
    {
      name: 'other stages build on it',
      files: vendored,
      code: `FROM golang:1.26 AS base\nWORKDIR /src\nCOPY . .\nRUN go mod download\nRUN go vet ./...\n\nFROM base\nRUN go build -mod=mod -o /app .\n`,
    },
    {
      name: 'vendor is made in the build',
      files: required,
      code: built('COPY . .', 'RUN go mod vendor', 'RUN go build -mod=vendor -o /app .'),
    },
    {
      name: 'a script may make it',
      files: required,
      code: built('COPY . .', 'RUN make deps', 'RUN go build -mod=vendor -o /app .'),
    },
    { name: 'nothing is required', files: hello, code: built('COPY . .', 'RUN go build -mod=vendor -o /app .') },
    {
      name: 'a workspace',
      files: { ...required, 'go.work': 'go 1.26\n\nuse .\n', 'vendor/modules.txt': '# example.com/x v1\n' },
      code: built('COPY . .', 'RUN go build -o /app .'),
    },
    {
      name: 'it may fail',
      files: required,
      code: built('COPY . .', 'RUN go build -mod=vendor -o /app . || go build -o /app .'),
    },
    {
      name: 'in a trigger',
      files: required,
      code: built('COPY . .', 'ONBUILD RUN go build -mod=vendor -o /app .'),
    },
    {
      name: 'a missing folder that .gitignore names',
      files: { ...required, '.gitignore': '/vendor\n' },
      code: built('COPY . .', 'RUN go build -mod=vendor -o /app .'),
    },
  ],
  invalid: [
    {
      name: 'hidden, and a go.sum that .gitignore names is no reason to stop',
      files: {
        ...listed,
        'go.mod': required['go.mod'],
        'main.go': required['main.go'],
        '.gitignore': 'go.sum\n',
        '.dockerignore': 'vendor\n',
      },
      code: built('COPY . .', 'RUN «go build» -o /app .'),
      messages: ['.dockerignore hides vendor from the build: go build fetches the modules over the network instead.'],
      severity: 'information',
      fixed: built('COPY . .', 'RUN go build -o /app .'),
      fixedFiles: { '.dockerignore': '' },
    },
    {
      name: 'a folder that .gitignore names, and .dockerignore as well',
      files: { ...required, '.gitignore': 'vendor/\n', '.dockerignore': 'vendor\n' },
      code: built('COPY . .', 'RUN go build «-mod=vendor» -o /app .'),
      messages: ['There is no vendor/modules.txt here: go build stops at -mod=vendor.'],
      severity: 'error',
      fixed: built('COPY . .', 'RUN go build -o /app .'),
    },
    {
      name: '.gitignore names another folder',
      files: { ...required, '.gitignore': 'web/vendor/\n*.exe\n' },
      code: built('COPY . .', 'RUN go build «-mod=vendor» -o /app .'),
      messages: ['There is no vendor/modules.txt here: go build stops at -mod=vendor.'],
      fixed: built('COPY . .', 'RUN go build -o /app .'),
    },
    {
      name: 'a download for nothing',
      files: vendored,
      code: built('COPY go.mod go.sum ./', 'RUN «go mod» download', 'COPY . .', 'RUN go build -o /app .'),
      messages: [fetched],
      severity: 'warning',
      fixed: built('COPY go.mod go.sum ./', 'COPY . .', 'RUN go build -o /app .'),
    },
    {
      name: 'in a chain',
      files: vendored,
      code: built('COPY . .', 'RUN «go mod» download && \\', '    go build -mod=vendor -o /app .'),
      messages: [fetched],
      fixed: built('COPY . .', 'RUN go build -mod=vendor -o /app .'),
    },
    {
      name: 'at the end of a chain, and with -x',
      files: vendored,
      code: built('COPY . .', 'RUN go version \\', ' && «go mod» download -x', 'RUN go build -o /app .'),
      messages: [fetched],
      fixed: built('COPY . .', 'RUN go version', 'RUN go build -o /app .'),
    },
    {
      name: 'in a heredoc',
      files: vendored,
      code: built('COPY . .', 'RUN <<EOF', 'set -e', '«go mod» download', 'go build -o /app .', 'EOF'),
      messages: [fetched],
      fixed: built('COPY . .', 'RUN <<EOF', 'set -e', 'go build -o /app .', 'EOF'),
    },
    {
      name: '-mod=vendor without the folder',
      files: required,
      code: built('COPY . .', 'RUN go build «-mod=vendor» -o /app .'),
      messages: ['There is no vendor/modules.txt here: go build stops at -mod=vendor.'],
      severity: 'error',
      fixed: built('COPY . .', 'RUN go build -o /app .'),
    },
    {
      name: 'in GOFLAGS',
      files: required,
      code: built('ENV GOFLAGS="-mod=vendor -trimpath"', 'COPY . .', 'RUN «go build» -o /app .'),
      messages: ['There is no vendor/modules.txt here: go build stops at -mod=vendor.'],
    },
    {
      name: '.dockerignore takes the folder',
      files: { ...vendored, '.dockerignore': '*\n!*.go\n!go.*\n' },
      code: built('COPY . .', 'RUN go test «-mod=vendor» ./... && CGO_ENABLED=0 go build -o /app .'),
      messages: ['.dockerignore hides vendor/modules.txt from the build: go test stops at -mod=vendor.'],
      fixed: built('COPY . .', 'RUN go test -mod=vendor ./... && CGO_ENABLED=0 go build -o /app .'),
      fixes: ['Keep vendor in the build', 'Remove -mod=vendor'],
      fixedFiles: { '.dockerignore': '*\n!vendor\n!*.go\n!go.*\n' },
    },
    {
      name: 'go.mod has moved on',
      files: { ...vendored, 'go.mod': `${required['go.mod']}\nrequire example.com/new v1.0.0\n` },
      code: built('COPY . .', 'RUN «go build» -o /app .', 'RUN go vet ./...'),
      messages: ['go.mod requires example.com/new, which vendor/modules.txt does not name: go build stops.'],
      severity: 'error',
    },
    {
      name: '.dockerignore takes the folder, and nothing asks for it',
      files: { ...vendored, '.dockerignore': '.git\nvendor/\n' },
      code: built('COPY . .', 'RUN CGO_ENABLED=0 «go build» -o /app .', 'RUN go vet ./...'),
      messages: ['.dockerignore hides vendor from the build: go build fetches the modules over the network instead.'],
      severity: 'information',
      fixed: built('COPY . .', 'RUN CGO_ENABLED=0 go build -o /app .', 'RUN go vet ./...'),
      fixedFiles: { '.dockerignore': '.git\n' },
      elsewhere: '.dockerignore:2 vendor/ hides vendor, which the build needs.',
    },
    {
      name: '.dockerignore takes the folder, and there is no proxy',
      files: { ...vendored, '.dockerignore': 'vendor\n' },
      code: built('ENV GOPROXY=off', 'COPY . .', 'RUN «go build» -o /app .'),
      messages: ['.dockerignore hides vendor from the build, and go build cannot fetch the modules: GOPROXY=off.'],
      severity: 'error',
      fixed: built('ENV GOPROXY=off', 'COPY . .', 'RUN go build -o /app .'),
      fixedFiles: { '.dockerignore': '' },
    },
    {
      name: '.dockerignore takes the folder, and there is no go.sum',
      files: { 'go.mod': required['go.mod'], 'main.go': required['main.go'], ...listed, '.dockerignore': 'vendor\n' },
      code: built('COPY . .', 'RUN «go build» -o /app .'),
      messages: [
        '.dockerignore hides vendor from the build, and go build cannot fetch the modules: there is no go.sum.',
      ],
      severity: 'error',
      fixed: built('COPY . .', 'RUN go build -o /app .'),
      fixedFiles: { '.dockerignore': '' },
    },
  ],
});
