import { matchGoVersion } from '../../server/analysis/rules/match-go-version.ts';
import type { Files } from '../support/project.ts';
import { testRule } from '../support/test-rule.ts';

const needs = (go: string, more = ''): Files => ({
  'go.mod': `module example.com/app\n\ngo ${go}\n${more}`,
  'main.go': 'package main\n\nfunc main() {}\n',
});
const stage = (from: string, ...lines: readonly string[]): string =>
  `${from}\nWORKDIR /src\nCOPY . .\n${lines.join('\n')}\nRUN go build\n`;
const stops = (have: string, need: string): string =>
  `go.mod requires Go ${need}, and this image has Go ${have}: the build stops.`;

testRule(matchGoVersion, {
  valid: [
    {
      name: 'the same minor version floats to its newest patch',
      files: needs('1.26.3'),
      code: stage('FROM golang:1.26'),
    },
    { name: 'a newer image', files: needs('1.22'), code: stage('FROM golang:1.27-alpine') },
    {
      name: 'an older language version accepts a first release',
      files: needs('1.24'),
      code: stage('FROM golang:1.24.0'),
    },
    {
      name: 'the toolchain line is only a suggestion',
      files: needs('1.22', '\ntoolchain go1.99.0\n'),
      code: stage('FROM golang:1.24'),
    },
    ...['make GOTOOLCHAIN=auto build', 'make -C tools', 'true || make', './build.sh'].map((command) => ({
      name: command,
      files: needs('1.26'),
      code: `FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN ${command}\n`,
    })),
    {
      name: 'make with GOTOOLCHAIN=auto',
      files: needs('1.26'),
      code: 'FROM golang:1.25\nENV GOTOOLCHAIN=auto\nWORKDIR /src\nCOPY . .\nRUN make build\n',
    },
    {
      name: 'make, with a new image',
      files: needs('1.26'),
      code: 'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN make\n',
    },
    { name: 'the tag is not known', files: needs('1.26'), code: stage('ARG V\nFROM golang:${V}') },
    { name: 'latest', files: needs('1.26'), code: stage('FROM golang') },
    {
      name: 'GOTOOLCHAIN is not known',
      files: needs('1.26'),
      code: stage('FROM golang:1.22', 'ARG MODE\nENV GOTOOLCHAIN=$MODE'),
    },
    {
      name: 'a tool stage that does not load the module',
      files: needs('1.26'),
      code: 'FROM golang:1.22\nRUN go install example.org/tool@v1\nRUN go version\n',
    },
    {
      name: 'the module of another folder',
      files: { ...needs('1.26'), 'tools/go.mod': 'module example.com/tools\n\ngo 1.20\n' },
      code: 'FROM golang:1.22\nWORKDIR /src\nCOPY tools ./\nRUN go build\n',
    },
    {
      name: 'a module the Dockerfile makes',
      files: needs('1.26'),
      code: 'FROM golang:1.22\nWORKDIR /src\nCOPY main.go ./\nRUN go mod init x && go build\n',
    },
    { name: 'before 1.21 a newer go line is only a note', files: needs('1.24'), code: stage('FROM golang:1.20') },
    { name: 'the project is not known', code: stage('FROM golang:1.16') },
    { name: 'a release candidate', files: needs('1.27'), code: stage('FROM golang:1.28rc1') },
    { name: 'the tip of development', files: needs('1.26'), code: stage('FROM golang:tip') },
    { name: 'an image of somebody else', files: needs('1.26'), code: stage('FROM example.org/golang:1.22') },
    {
      name: 'only the module of another folder is built',
      files: { ...needs('1.26'), 'old/go.mod': 'module example.com/old\n\ngo 1.20\n', 'old/main.go': 'package main\n' },
      code: 'FROM golang:1.22\nWORKDIR /src\nCOPY . .\nRUN cd old && go build\n',
    },
  ],
  invalid: [
    {
      name: 'the module in a folder below the context',
      files: { 'srv/go.mod': 'module example.com/srv\n\ngo 1.26\n', 'srv/main.go': 'package main\n' },
      code: 'FROM «golang:1.22»\nWORKDIR /src\nCOPY . .\nRUN cd srv && go build\n',
      messages: ['srv/go.mod requires Go 1.26, and this image has Go 1.22: the build stops.'],
      fixed: 'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN cd srv && go build\n',
    },
    {
      name: 'GOTOOLCHAIN before the command only costs a download',
      files: needs('1.26'),
      code: 'FROM «golang:1.22»\nWORKDIR /src\nCOPY . .\nRUN GOTOOLCHAIN=auto go build\n',
      messages: ['go.mod requires Go 1.26, this image has 1.22: every uncached build downloads a toolchain.'],
      fixed: 'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN GOTOOLCHAIN=auto go build\n',
      severity: 'information',
    },
    {
      name: 'an older minor version',
      files: needs('1.26'),
      code: stage('FROM «golang:1.22-alpine» AS build'),
      messages: [stops('1.22', '1.26')],
      fixed: stage('FROM golang:1.26-alpine AS build'),
      fixes: ['Use golang:1.26-alpine', 'Let the go command download the version it needs'],
      related: ['This command reads go.mod.'],
      severity: 'error',
    },
    {
      name: 'what make starts',
      files: needs('1.26.1'),
      code: 'FROM «golang:1.25-alpine»\nWORKDIR /src\nCOPY . .\nRUN make verify\nRUN make build\n',
      messages: ['go.mod requires Go 1.26.1, and this image has Go 1.25: go stops when make starts it.'],
      severity: 'warning',
      fixed: 'FROM golang:1.26-alpine\nWORKDIR /src\nCOPY . .\nRUN make verify\nRUN make build\n',
      related: ['This command reads go.mod.'],
    },
    {
      name: 'what go does itself is surer than what make starts',
      files: needs('1.26'),
      code: 'FROM «golang:1.25»\nWORKDIR /src\nCOPY . .\nRUN go mod download\nRUN make\n',
      messages: [stops('1.25', '1.26')],
      severity: 'error',
      fixed: 'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go mod download\nRUN make\n',
    },
    {
      name: 'a patch release that is too old',
      files: needs('1.26.3'),
      code: stage('FROM «golang:1.26.1»'),
      messages: [stops('1.26.1', '1.26.3')],
      fixed: stage('FROM golang:1.26.3'),
    },
    {
      name: 'the version of an ARG default',
      files: needs('1.26'),
      code: stage('ARG GO_VERSION="1.24"\nFROM «golang:${GO_VERSION}-alpine»'),
      messages: [stops('1.24', '1.26')],
      fixed: stage('ARG GO_VERSION="1.26"\nFROM golang:${GO_VERSION}-alpine'),
    },
    {
      name: 'a digest of the old version goes',
      files: needs('1.26'),
      code: stage(`FROM «golang:1.22@sha256:${'a'.repeat(64)}»`),
      messages: [stops('1.22', '1.26')],
      fixed: stage('FROM golang:1.26'),
    },
    {
      name: 'Go 1.20 cannot parse a patch release',
      files: needs('1.24.0'),
      code: stage('FROM «golang:1.20»'),
      messages: ['go.mod is written for Go 1.24.0, which Go 1.20 in this image cannot parse: the build stops.'],
      fixed: stage('FROM golang:1.24'),
    },
    {
      name: 'with GOTOOLCHAIN=auto it only costs a download',
      files: needs('1.26'),
      code: stage('FROM «golang:1.22»', 'ENV GOTOOLCHAIN=auto'),
      messages: ['go.mod requires Go 1.26, this image has 1.22: every uncached build downloads a toolchain.'],
      fixed: stage('FROM golang:1.26', 'ENV GOTOOLCHAIN=auto'),
      severity: 'information',
    },
    {
      name: 'through a stage, once',
      files: needs('1.26'),
      code: 'FROM «golang:1.22» AS base\nWORKDIR /src\nCOPY go.mod ./\nRUN go mod download\n\nFROM base\nCOPY . .\nRUN go build\n',
      messages: [stops('1.22', '1.26')],
      fixed:
        'FROM golang:1.26 AS base\nWORKDIR /src\nCOPY go.mod ./\nRUN go mod download\n\nFROM base\nCOPY . .\nRUN go build\n',
    },
  ],
});
