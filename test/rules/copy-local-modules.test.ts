import { copyLocalModules } from '../../server/analysis/rules/copy-local-modules.ts';
import { testRule } from '../support/test-rule.ts';

const stage = (...lines: readonly string[]): string => `FROM golang:1.26 AS build\nWORKDIR /src\n${lines.join('\n')}\n`;

const goMod = (folder: string): string =>
  `module example.com/app\n\ngo 1.26\n\nrequire example.com/dep v0.0.0\n\nreplace example.com/dep => ${folder}\n`;
const dep = { 'libs/dep/go.mod': 'module example.com/dep\n', 'libs/dep/dep.go': 'package dep\n' };
const replaced = { 'go.mod': goMod('./libs/dep'), 'main.go': 'package main\n\nfunc main() {}\n', ...dep };
const outside = { ...replaced, 'go.mod': goMod('../dep') };
const workspace = {
  'go.work': 'go 1.26\n\nuse (\n\t.\n\t./lib\n)\n',
  'go.mod': 'module example.com/app\n\ngo 1.26\n',
  'main.go': 'package main\n\nfunc main() {}\n',
  'lib/go.mod': 'module example.com/lib\n\ngo 1.26\n',
  'lib/go.sum': '',
  'lib/lib.go': 'package lib\n',
};
const missing = 'go.mod replaces example.com/dep by ./libs/dep, which is not in the stage yet: this command stops.';
const member = 'go.work lists ./lib, which is not in the stage yet: this command stops.';

testRule(copyLocalModules, {
  valid: [
    {
      name: 'its go.mod is there',
      files: replaced,
      code: stage('COPY go.mod ./', 'COPY libs/dep/go.mod ./libs/dep/', 'RUN go mod download'),
    },
    {
      name: 'the whole folder is there',
      files: replaced,
      code: stage('COPY go.mod ./', 'COPY libs ./libs', 'RUN go mod download'),
    },
    { name: 'everything is there', files: replaced, code: stage('COPY . .', 'RUN go mod download') },
    { name: 'a script may bring it', files: replaced, code: stage('COPY go.mod ./', 'RUN ./fetch.sh', 'RUN go build') },
    {
      name: 'copied from elsewhere',
      files: outside,
      code: stage('COPY --from=dep . /dep', 'COPY . .', 'RUN go build'),
    },
    {
      name: 'not required',
      files: { ...replaced, 'go.mod': 'module example.com/app\n\nreplace example.com/dep => ./libs/dep\n' },
      code: stage('COPY go.mod ./', 'RUN go mod download'),
    },
    {
      name: 'of another version than the required one',
      files: { ...replaced, 'go.mod': goMod('./libs/dep').replace('dep =>', 'dep v0.1.0 =>') },
      code: stage('COPY go.mod ./', 'RUN go mod download'),
    },
    {
      name: 'vendored',
      files: { ...outside, 'vendor/modules.txt': '# example.com/dep v0.0.0 => ../dep\n' },
      code: stage('COPY . .', 'RUN go build'),
    },
    {
      name: 'a submodule that this checkout lacks',
      files: { 'go.mod': goMod('./libs/dep'), 'main.go': 'package main\n' },
      code: stage('COPY . .', 'RUN go build'),
    },
    {
      name: 'the replacement was dropped',
      files: replaced,
      code: stage('COPY go.mod ./', 'RUN go mod edit -dropreplace=example.com/dep', 'RUN go mod download'),
    },
    {
      name: 'a tool by its version',
      files: replaced,
      code: stage('COPY go.mod ./', 'RUN go install example.org/tool@v1.0.0'),
    },
    {
      name: 'GOWORK=off',
      files: workspace,
      code: stage('ENV GOWORK=off', 'COPY go.mod go.work ./', 'RUN go mod download'),
    },
    { name: 'go.work is not there', files: workspace, code: stage('COPY go.mod ./', 'RUN go mod download') },
    {
      name: 'a pattern that brings go.work is the matter of another rule',
      files: workspace,
      code: stage('COPY go.* ./', 'RUN go mod download'),
    },
    {
      name: 'all members are there',
      files: workspace,
      code: stage('COPY go.mod go.work ./', 'COPY lib/go.mod ./lib/', 'RUN go mod download'),
    },
    { name: 'in a branch', files: replaced, code: stage('COPY go.mod ./', 'RUN [ -n "$X" ] || go mod download') },
  ],
  invalid: [
    {
      name: 'go.mod alone',
      files: replaced,
      code: stage('COPY go.mod ./', 'RUN «go mod download»', 'COPY . .', 'RUN go build'),
      messages: [missing],
      severity: 'error',
      fixed: stage(
        'COPY go.mod ./',
        'COPY libs/dep/go.mod ./libs/dep/',
        'RUN go mod download',
        'COPY . .',
        'RUN go build',
      ),
    },
    {
      name: 'a build without the folder',
      files: replaced,
      code: stage('COPY go.mod main.go ./', 'RUN «go build»'),
      messages: [missing],
      fixed: stage('COPY go.mod main.go ./', 'COPY libs/dep/ ./libs/dep/', 'RUN go build'),
    },
    {
      name: 'outside of the build context',
      files: outside,
      code: stage('COPY . .', 'RUN «go build»'),
      messages: [
        'go.mod replaces example.com/dep by ../dep, which lies outside of the build context: this command stops.',
      ],
    },
    {
      name: 'a member of go.work',
      files: workspace,
      code: stage('COPY go.mod go.work ./', 'RUN «go mod download»', 'COPY . .', 'RUN go build'),
      messages: [member],
      fixed: stage(
        'COPY go.mod go.work ./',
        'COPY lib/go.mod lib/go.sum ./lib/',
        'RUN go mod download',
        'COPY . .',
        'RUN go build',
      ),
    },
    {
      name: '.dockerignore hides the folder',
      files: { ...replaced, '.dockerignore': 'libs\n' },
      code: stage('COPY . .', 'RUN «go build»'),
      messages: [missing],
    },
  ],
});
