import { noIgnoredSource } from '../../server/analysis/rules/no-ignored-source.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const stage = (...lines: readonly string[]): string => `FROM golang:1.26\nWORKDIR /src\n${lines.join('\n')}\n`;
const all = (build = '«go build -o /app .»', ...more: readonly string[]): string =>
  stage('COPY . .', ...more, `RUN ${build}`);
const { hello, required } = programs;

/** main imports server, which imports store. */
const layered = {
  'go.mod': 'module example.com/app\n\ngo 1.26\n',
  'cmd/api/main.go': 'package main\n\nimport "example.com/app/server"\n\nfunc main() { server.Run() }\n',
  'server/server.go': 'package server\n\nimport _ "example.com/app/internal/store"\n\nfunc Run() {}\n',
  'internal/store/store.go': 'package store\n',
};
const hiding = (ignore: string, files: Readonly<Record<string, string>> = layered) => ({
  ...files,
  '.dockerignore': ignore,
});
const stops = (path: string): string => `.dockerignore hides ${path} from the build: this command stops without it.`;
const copyStops = (path: string): string => `.dockerignore hides ${path} from the build, which stops here.`;
const api = 'go build -o /app ./cmd/api';

testRule(noIgnoredSource, {
  valid: [
    { name: 'no ignore file', files: layered, code: all(api) },
    { name: 'nothing of it is needed', files: hiding('.git\ndocs\n**/*_test.go\n'), code: all(api) },
    { name: 'an exception brings it back', files: hiding('*\n!go.mod\n!cmd\n!server\n!internal\n'), code: all(api) },
    {
      name: 'the hidden package is not imported',
      files: hiding('tools\n', { ...layered, 'tools/x.go': 'package tools\n' }),
      code: all(api),
    },
    {
      name: 'a part of the package is still there',
      files: hiding('server/a.go\n', { ...layered, 'server/a.go': 'package server\n' }),
      code: all(api),
    },
    {
      name: 'a build tag brings the import in',
      files: hiding('server\n', {
        ...layered,
        'cmd/api/main.go':
          '//go:build extra\n\npackage main\n\nimport "example.com/app/server"\n\nfunc main() { server.Run() }\n',
        'cmd/api/plain.go': '//go:build !extra\n\npackage main\n\nfunc main() {}\n',
      }),
      code: all(api),
    },
    { name: 'a script may make it', files: hiding('server\n'), code: all(api, 'RUN ./generate.sh') },
    { name: 'go generate may make it', files: hiding('server\n'), code: all(api, 'RUN go generate ./...') },
    {
      name: 'another stage brings it',
      files: hiding('server\n'),
      code: `FROM alpine AS gen\nRUN ./gen.sh\n\n${stage('COPY . .', 'COPY --from=gen /server ./server', `RUN ${api}`)}`,
    },
    {
      name: 'the Dockerfile makes the module',
      files: hiding('go.mod\n', hello),
      code: stage('COPY . .', 'RUN go mod init x && go build -o /app .'),
    },
    { name: 'a file of its own needs no module', files: hiding('go.mod\n', hello), code: all('go run main.go') },
    {
      name: 'a tool with a version needs no module',
      files: hiding('go.mod\n', hello),
      code: all('go install example.org/tool@v1.0.0'),
    },
    {
      name: 'modules are off',
      files: hiding('go.mod\n', hello),
      code: all('go build -o /app .', 'ENV GO111MODULE=off'),
    },
    {
      name: 'a command that may not run',
      files: hiding('go.mod\n', hello),
      code: all('if [ -f go.mod ]; then go build -o /app .; fi'),
    },
    {
      name: 'nothing required is imported without go.sum',
      files: hiding('go.sum\n', { ...required, 'main.go': 'package main\n\nfunc main() {}\n' }),
      code: all('go build -o /app .'),
    },
    { name: 'go.sum may be written', files: hiding('go.sum\n', required), code: all('go build -mod=mod -o /app .') },
    {
      name: 'go.sum may be written by the environment',
      files: hiding('go.sum\n', required),
      code: all('go build -o /app .', 'ENV GOFLAGS=-mod=mod'),
    },
    {
      name: 'go mod tidy writes go.sum',
      files: hiding('go.sum\n', required),
      code: all('go build -o /app .', 'RUN go mod tidy'),
    },
    {
      name: 'a vendored module needs no go.sum',
      files: hiding('go.sum\n', { ...required, 'vendor/modules.txt': '# golang.org/x/sync v0.18.0\n' }),
      code: all('go build -o /app .'),
    },
    {
      name: 'the ignore file of the Dockerfile comes first',
      files: { ...hiding('server\n'), 'Dockerfile.dockerignore': '.git\n' },
      code: all(api),
    },
    {
      name: 'go.sum by name is the matter of another rule',
      files: hiding('go.sum\n', required),
      code: stage('COPY go.mod go.sum ./'),
    },
    {
      name: 'a folder of which a part comes',
      files: hiding('server\n!server/server.go\n'),
      code: stage('COPY server ./server'),
    },
    { name: 'patterns', files: hiding('server\n'), code: stage('COPY serv* ./server') },
    { name: 'the project is not known', code: all(api) },
  ],
  invalid: [
    {
      name: 'go.mod by name',
      files: hiding('go.*\n', hello),
      code: stage('COPY «go.mod» ./', 'COPY main.go ./'),
      messages: [copyStops('go.mod')],
      severity: 'error',
      elsewhere: '.dockerignore:1 go.* hides go.mod, which the build needs.',
      fixes: ['Keep go.mod in the build'],
      fixed: stage('COPY go.mod ./', 'COPY main.go ./'),
      fixedFiles: { '.dockerignore': 'go.*\n!go.mod\n' },
    },
    {
      name: 'a folder by name, of a pattern that names nothing else',
      files: hiding('.git\r\n/server/\r\n'),
      code: stage('COPY go.mod ./', 'COPY «server» ./server'),
      messages: [copyStops('server')],
      fixed: stage('COPY go.mod ./', 'COPY server ./server'),
      fixedFiles: { '.dockerignore': '.git\r\n' },
    },
    {
      name: 'an allow list without go.mod',
      files: hiding('*\n!*.go', hello),
      code: all(),
      messages: [stops('go.mod')],
      fixed: all('go build -o /app .'),
      fixedFiles: { '.dockerignore': '*\n!go.mod\n!*.go' },
    },
    {
      name: 'the main package',
      files: hiding('**/api\n'),
      code: all('«go build -o /app ./cmd/api»'),
      messages: [stops('cmd/api')],
      elsewhere: '.dockerignore:1 **/api hides cmd/api, which the build needs.',
      fixed: all(api),
      fixedFiles: { '.dockerignore': '**/api\n!cmd/api\n' },
    },
    {
      name: 'the main package at the root',
      files: hiding('**/*.go\n', { ...hello, 'more.go': 'package main\n' }),
      code: all(),
      messages: [stops('main.go')],
      fixes: ['Keep *.go in the build'],
      fixed: all('go build -o /app .'),
      fixedFiles: { '.dockerignore': '**/*.go\n!*.go\n' },
    },
    {
      name: 'an imported package',
      files: hiding('server\n'),
      code: all('«go build -o /app ./cmd/api»'),
      messages: [stops('server')],
      fixed: all(api),
      fixedFiles: { '.dockerignore': '' },
    },
    {
      name: 'a package that an imported one imports, once',
      files: hiding('internal\n'),
      code: all('«go build -o /app ./cmd/api» && go vet ./cmd/api'),
      messages: [stops('internal/store')],
      fixed: all(`${api} && go vet ./cmd/api`),
      fixedFiles: { '.dockerignore': 'internal\n!internal/store\n' },
    },
    {
      name: 'go.sum, by COPY . .',
      files: hiding('*.sum\n', required),
      code: all(),
      messages: [stops('go.sum')],
      fixed: all('go build -o /app .'),
      fixedFiles: { '.dockerignore': '*.sum\n!go.sum\n' },
    },
    {
      name: 'in a bind mount',
      files: hiding('server\n'),
      code: stage('RUN --mount=target=. «go build -o /app ./cmd/api»'),
      messages: [stops('server')],
      fixed: stage('RUN --mount=target=. go build -o /app ./cmd/api'),
      fixedFiles: { '.dockerignore': '' },
    },
    {
      name: 'the module in a folder',
      files: hiding('api/go.mod\n', {
        'api/go.mod': 'module example.com/app\n\ngo 1.26\n',
        'api/main.go': 'package main\n\nfunc main() {}\n',
      }),
      code: stage('COPY . .', 'RUN cd api && «go build -o /app .»'),
      messages: [stops('api/go.mod')],
      fixed: stage('COPY . .', 'RUN cd api && go build -o /app .'),
      fixedFiles: { '.dockerignore': '' },
    },
  ],
});
