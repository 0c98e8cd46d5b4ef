import { buildIntoDirectory } from '../../server/analysis/rules/build-into-directory.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const build = (...lines: readonly string[]): string =>
  `FROM golang:1.26\nWORKDIR /src\nCOPY . .\n${lines.join('\n')}\n`;
const main = 'package main\n\nfunc main() {}\n';
const goMod = 'module example.com/app\n\ngo 1.26\n';
const one = { 'go.mod': goMod, 'cmd/app/main.go': main, 'shop/shop.go': 'package shop\n' };
const two = { 'go.mod': goMod, 'cmd/a/main.go': main, 'cmd/b/main.go': main };
const several = (first: string, other: string, path: string): string =>
  `These are several packages (${first}, ${other} …), and ${path} is no folder: the build stops here.`;

testRule(buildIntoDirectory, {
  valid: [
    { name: 'a single package', files: programs.hello, code: build('RUN go build -o app ./...') },
    { name: 'a slash', files: two, code: build('RUN go build -o /out/ ./...') },
    { name: 'a folder of the context', files: { ...two, 'bin/.keep': '' }, code: build('RUN go build -o bin ./...') },
    { name: 'a folder that was made', files: two, code: build('RUN mkdir -p /out && go build -o /out ./...') },
    {
      name: 'a folder that a script may have made',
      files: two,
      code: build('RUN ./prepare.sh', 'RUN go build -o /out ./...'),
    },
    { name: 'nothing is written', files: two, code: build('RUN go build -o /dev/null ./...', 'RUN go build ./...') },
    { name: 'one of them', files: two, code: build('RUN go build -o app ./cmd/a') },
    {
      name: 'the other package has a build tag',
      files: { 'go.mod': goMod, 'main.go': main, 'tools/t.go': '//go:build tools\n\npackage tools\n' },
      code: build('RUN go build -o app ./...'),
    },
    {
      name: 'the other package is of another system',
      files: { 'go.mod': goMod, 'main.go': main, 'service/run_windows.go': 'package service\n' },
      code: build('RUN go build -o app ./...'),
    },
    {
      name: 'the other package has only tests, or is testdata',
      files: { 'go.mod': goMod, 'main.go': main, 'e2e/e2e_test.go': 'package e2e\n', 'testdata/x/x.go': 'package x\n' },
      code: build('RUN go build -o app ./...'),
    },
    {
      name: 'the other package is of another module',
      files: {
        'go.mod': goMod,
        'main.go': main,
        'api/go.mod': 'module example.com/api\n',
        'api/a.go': 'package api\n',
      },
      code: build('RUN go build -o app ./...'),
    },
    {
      name: 'the other package was not copied',
      files: { 'go.mod': goMod, 'main.go': main, 'shop/shop.go': 'package shop\n' },
      code: 'FROM golang:1.26\nWORKDIR /src\nCOPY go.mod main.go ./\nRUN go build -o app ./...\n',
    },
    { name: 'operands that are not known', files: two, code: build('ARG WHAT', 'RUN go build -o app $WHAT') },
    { name: 'the project is not known', code: build('RUN go build -o app ./...') },
  ],
  invalid: [
    {
      name: 'a program and a library',
      files: one,
      code: build('RUN go build «-o app» ./...'),
      messages: [several('/src/cmd/app', '/src/shop', '/src/app')],
      severity: 'error',
      fixes: ['Build only ./cmd/app', 'Build into the folder /src/app'],
      fixed: build('RUN go build -o app ./cmd/app'),
    },
    {
      name: 'two programs, to where programs lie',
      files: two,
      code: build('RUN go build -v «-o /usr/local/bin/app» ./...'),
      messages: [several('/src/cmd/a', '/src/cmd/b', '/usr/local/bin/app')],
      fixes: ['Build only ./cmd/a', 'Build only ./cmd/b', 'Build into the folder /usr/local/bin/app'],
      fixed: build('RUN go build -v -o /usr/local/bin/app ./cmd/a'),
    },
    {
      name: 'a list',
      files: two,
      code: build('RUN go build «-o=/app» ./cmd/a ./cmd/b'),
      messages: [several('/src/cmd/a', '/src/cmd/b', '/app')],
      fixed: build('RUN go build -o=/app/ ./cmd/a ./cmd/b'),
    },
    {
      name: 'below a folder',
      files: { ...one, 'cmd/b/main.go': main },
      code: build('RUN cd cmd && go build «-o /app» ./...'),
      messages: [several('/src/cmd/app', '/src/cmd/b', '/app')],
      fixed: build('RUN cd cmd && go build -o /app ./app'),
    },
  ],
});
