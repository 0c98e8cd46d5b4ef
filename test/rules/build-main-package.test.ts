import { buildMainPackage } from '../../server/analysis/rules/build-main-package.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const build = (...lines: readonly string[]): string =>
  `FROM golang:1.26\nWORKDIR /src\nCOPY . .\n${lines.join('\n')}\n`;
const main = 'package main\n\nfunc main() {}\n';
const shop = {
  'go.mod': 'module example.com/app\n\ngo 1.26\n',
  'cmd/app/main.go': main,
  'shop/shop.go': 'package shop\n',
};
const archive = (folder: string, path: string): string =>
  `${folder} is no program, as no file of it is of package main: ${path} will be an archive that cannot be started.`;

testRule(buildMainPackage, {
  valid: [
    { name: 'a program', files: programs.hello, code: build('RUN go build -o app', 'RUN go build -o app .') },
    { name: 'a program by its import path', files: shop, code: build('RUN go build -o app example.com/app/cmd/app') },
    { name: 'a library that is only compiled', files: shop, code: build('RUN go build ./shop') },
    { name: 'a library that goes nowhere', files: shop, code: build('RUN go build -o /dev/null ./shop') },
    { name: 'a library that is meant', files: shop, code: build('RUN go build -buildmode=archive -o shop.a ./shop') },
    { name: 'a pattern', files: shop, code: build('RUN go build -o /out/ ./...') },
    { name: 'a file', files: shop, code: build('RUN go build -o app cmd/app/main.go') },
    {
      name: 'package main behind a tag',
      files: { ...shop, 'shop/main.go': `//go:build serve\n\n${main}` },
      code: build('RUN go build -tags serve -o app ./shop'),
    },
    {
      name: 'generated before',
      files: shop,
      code: build('RUN go generate ./...', 'RUN go build -o app .', 'RUN go build -o app ./shop'),
    },
    {
      name: 'written before',
      files: shop,
      code: build('RUN printf "package main" > main.go', 'RUN go build -o app .'),
    },
    { name: 'a heredoc', files: shop, code: build('COPY <<main.go .\npackage main\nmain.go', 'RUN go build -o app .') },
    {
      name: 'brought from another stage',
      files: shop,
      code: `FROM alpine AS gen\nRUN ./make.sh\n\n${build('COPY --from=gen /out .', 'RUN go build -o app .')}`,
    },
    {
      name: '.dockerignore hides the files',
      files: { ...shop, 'tool/main.go': main, '.dockerignore': 'tool/*.go\n' },
      code: build('RUN go build -o app ./tool'),
    },
    {
      name: 'another module',
      files: { ...shop, 'shop/go.mod': 'module example.com/shop\n' },
      code: build('RUN go build -o app ./shop'),
    },
    { name: 'no modules', files: shop, code: build('ENV GO111MODULE=off', 'RUN go build -o app ./shop') },
    { name: 'in a branch', files: shop, code: build('RUN [ -z "$X" ] || go build -o app ./shop') },
    { name: 'the project is not known', code: build('RUN go build -o app .') },
  ],
  invalid: [
    {
      name: 'a library',
      files: shop,
      code: build('RUN go build -o /app «./shop»'),
      messages: [archive('/src/shop', '/app')],
      severity: 'error',
      fixed: build('RUN go build -o /app ./cmd/app'),
    },
    {
      name: 'no Go files',
      files: shop,
      code: build('RUN CGO_ENABLED=0 go build -o /app «.»'),
      messages: ['No Go file lies in /src: the build stops here.'],
      fixed: build('RUN CGO_ENABLED=0 go build -o /app ./cmd/app'),
    },
    {
      name: 'no Go files, and no operand',
      files: shop,
      code: build('RUN «go build -ldflags="-s" -o /app»'),
      messages: ['No Go file lies in /src: the build stops here.'],
      fixed: build('RUN go build -ldflags="-s" -o /app ./cmd/app'),
    },
    {
      name: 'go install without Go files',
      files: { ...shop, 'cmd/b/main.go': main },
      code: build('RUN «go install»'),
      messages: ['No Go file lies in /src: the build stops here.'],
      fixes: ['Build ./cmd/app', 'Build ./cmd/b'],
      fixed: build('RUN go install ./cmd/app'),
    },
    {
      name: 'only go.mod was copied',
      files: programs.hello,
      code: 'FROM golang:1.26\nWORKDIR /src\nCOPY go.mod ./\nRUN «go build -o /app»\n',
      messages: ['No Go file lies in /src: the build stops here.'],
    },
    {
      name: 'a library into a folder',
      files: shop,
      code: build('RUN go build -o /out/ «./shop»'),
      messages: ['/src/shop is no program, as no file of it is of package main: the build stops here.'],
      fixed: build('RUN go build -o /out/ ./cmd/app'),
    },
    {
      name: 'only a file that is never built is of package main',
      files: { ...shop, 'shop/gen.go': `//go:build ignore\n\n${main}` },
      code: build('RUN go build -o /app «./shop»'),
      messages: [archive('/src/shop', '/app')],
      fixed: build('RUN go build -o /app ./cmd/app'),
    },
    {
      name: 'in /usr/src',
      files: shop,
      code: 'FROM golang:1.26\nWORKDIR /usr/src/app\nCOPY . .\nRUN go build -o /app «.»\n',
      messages: ['No Go file lies in /usr/src/app: the build stops here.'],
      fixed: 'FROM golang:1.26\nWORKDIR /usr/src/app\nCOPY . .\nRUN go build -o /app ./cmd/app\n',
    },
  ],
});
