import { downloadModulesFirst } from '../../server/analysis/rules/download-modules-first.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const stage = (...lines: readonly string[]): string => `FROM golang:1.26 AS build\nWORKDIR /src\n${lines.join('\n')}\n`;
const text =
  'Every edit of a source file downloads all modules again: the sources are copied before they are downloaded.';
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
  ],
  invalid: [
    {
      name: 'COPY . . and go build',
      files: programs.required,
      code: stage('«COPY . .»', 'RUN go build'),
      messages: [text],
      fixed: stage('COPY go.mod go.sum ./', 'RUN go mod download', 'COPY . .', 'RUN go build'),
      severity: 'warning',
    },
    {
      name: 'the download moves up',
      files: programs.required,
      code: stage('«COPY . .»', 'RUN go mod download', 'RUN go build'),
      messages: [text],
      fixed: stage('COPY go.mod go.sum ./', 'RUN go mod download', 'COPY . .', 'RUN go build'),
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
        'RUN go mod download',
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
      name: 'a working directory that go refuses has no fix here',
      files: programs.required,
      code: 'FROM golang:1.26\n«COPY . .»\nRUN go build\n',
      messages: [text],
    },
  ],
});
