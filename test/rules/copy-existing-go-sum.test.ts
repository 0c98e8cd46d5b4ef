import { copyExistingGoSum } from '../../server/analysis/rules/copy-existing-go-sum.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const stage = (...lines: readonly string[]): string => `FROM golang:1.26\nWORKDIR /src\n${lines.join('\n')}\n`;
const { hello, required } = programs;
const missing = 'There is no go.sum in the build context: the build stops here.';
const workspace = {
  'go.work': 'go 1.26\n\nuse (\n\t.\n\t./lib\n)\n',
  'go.mod': 'module example.com/app\n\ngo 1.26\n',
  'main.go': 'package main\n\nfunc main() {}\n',
  'lib/go.mod': 'module example.com/lib\n\ngo 1.26\n',
};
const work = (pattern: string): string => `${pattern} also copies go.work, whose ./lib is not in the stage yet.`;

testRule(copyExistingGoSum, {
  valid: [
    { name: 'it is there', files: required, code: stage('COPY go.mod go.sum ./', 'RUN go mod download') },
    { name: 'a pattern needs no file', files: hello, code: stage('COPY go.mod go.sum* ./', 'RUN go mod download') },
    { name: 'a pattern without go.work', files: required, code: stage('COPY go.* ./', 'RUN go mod download') },
    { name: 'go.mod alone', files: hello, code: stage('COPY go.mod ./', 'RUN go mod download') },
    { name: 'no go.mod beside it', files: { 'main.go': 'package main\n' }, code: stage('COPY go.mod go.sum ./') },
    {
      name: 'from another stage',
      files: hello,
      code: `FROM alpine AS mods\n\n${stage('COPY --from=mods /go.sum ./')}`,
    },
    {
      name: 'go.mod is hidden as well',
      files: { ...required, '.dockerignore': 'go.*\n' },
      code: stage('COPY go.mod go.sum ./'),
    },
    { name: 'a variable', files: hello, code: stage('ARG SUM=go.sum', 'COPY go.mod $SUM ./') },
    {
      name: 'the members come with it',
      files: workspace,
      code: stage('COPY go.* ./', 'COPY lib lib', 'RUN go mod download'),
    },
    { name: 'GOWORK=off', files: workspace, code: stage('ENV GOWORK=off', 'COPY go.* ./', 'RUN go mod download') },
    {
      name: 'no go command before the rest is there',
      files: workspace,
      code: stage('COPY go.* ./', 'COPY . .', 'RUN go build'),
    },
    { name: 'the project is not known', code: stage('COPY go.mod go.sum ./') },
    {
      name: '.gitignore names it',
      files: { ...hello, '.gitignore': '*.sum\n' },
      code: stage('COPY go.mod go.sum ./', 'RUN go mod download'),
    },
  ],
  invalid: [
    {
      name: '.gitignore names go.work.sum, or takes it back',
      files: { ...hello, '.gitignore': 'go.work\ngo.work.sum\n*.sum\n!go.sum\n' },
      code: stage('COPY go.mod «go.sum» ./', 'RUN go mod download'),
      messages: [missing],
      fixed: stage('COPY go.mod ./', 'RUN go mod download'),
    },
    {
      name: 'a module without requirements has none',
      files: hello,
      code: stage('COPY go.mod «go.sum» ./', 'RUN go mod download'),
      messages: [missing],
      severity: 'error',
      fixed: stage('COPY go.mod ./', 'RUN go mod download'),
    },
    {
      name: 'alone',
      files: hello,
      code: stage('COPY «go.sum» ./'),
      messages: [missing],
    },
    {
      name: 'on a line of its own',
      files: hello,
      code: stage('COPY go.mod \\', '  «./go.sum» \\', '  ./'),
      messages: [missing],
      fixed: stage('COPY go.mod \\', '  \\', '  ./'),
    },
    {
      name: '.dockerignore hides it',
      files: { ...required, '.dockerignore': '*.sum\n' },
      code: stage('COPY go.mod «go.sum» ./'),
      messages: ['.dockerignore hides go.sum from the build, which stops here.'],
      elsewhere: '.dockerignore:1 *.sum hides go.sum, which the build needs.',
      fixed: stage('COPY go.mod go.sum ./'),
      fixedFiles: { '.dockerignore': '*.sum\n!go.sum\n' },
    },
    {
      name: 'a pattern brings go.work',
      files: workspace,
      code: stage('COPY «go.*» ./', 'RUN go mod download', 'COPY . .', 'RUN go build'),
      messages: [work('go.*')],
      related: ['This command stops, as it reads go.work.'],
      fixed: stage('COPY go.mod ./', 'RUN go mod download', 'COPY . .', 'RUN go build'),
    },
  ],
});
