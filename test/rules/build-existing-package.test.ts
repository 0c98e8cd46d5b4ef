import { buildExistingPackage } from '../../server/analysis/rules/build-existing-package.ts';
import { testRule } from '../support/test-rule.ts';

const build = (...lines: readonly string[]): string =>
  `FROM golang:1.26\nWORKDIR /src\nCOPY . .\n${lines.join('\n')}\n`;
const main = 'package main\n\nfunc main() {}\n';
const goMod = 'module example.com/app\n\ngo 1.26\n';
const app = { 'go.mod': goMod, 'cmd/server/main.go': main };
const missing = (folder: string): string => `There is no folder ${folder} in the stage: the build stops here.`;

testRule(buildExistingPackage, {
  valid: [
    { name: 'it exists', files: app, code: build('RUN go build -o /app ./cmd/server') },
    { name: 'by its import path', files: app, code: build('RUN go build -o /app example.com/app/cmd/server') },
    {
      name: 'from a folder',
      files: app,
      code: build('RUN cd cmd && go build ./server', 'RUN go -C cmd build ./server'),
    },
    { name: 'a script may make it', files: app, code: build('RUN ./generate.sh', 'RUN go build ./cmd/api') },
    { name: 'go generate may make it', files: app, code: build('RUN go generate ./...', 'RUN go build ./cmd/api') },
    { name: 'a package of a required module', files: app, code: build('RUN go install example.org/tool/cmd/tool') },
    {
      name: 'a required module below the own path',
      files: { ...app, 'go.mod': `${goMod}\nrequire example.com/app/api v1.0.0\n` },
      code: build('RUN go build example.com/app/api/cmd'),
    },
    { name: 'a program of go itself', files: app, code: build('RUN go build cmd/vet', 'RUN go install cmd/go') },
    { name: 'a variable', files: app, code: build('ARG APP', 'RUN go build -o /app ./cmd/$APP') },
    {
      name: 'a module without a dot',
      files: { ...app, 'go.mod': 'module app\n' },
      code: build('RUN go build app/cmd/server'),
    },
    { name: 'files by a pattern', files: app, code: build('RUN go build -o /app *.go', 'RUN go build cmd/api/*.go') },
    {
      name: 'a file that go generate may make',
      files: app,
      code: build('RUN go generate ./...', 'RUN go build gen.go'),
    },
    {
      name: 'a file that .dockerignore takes is another rule',
      files: { ...app, '.dockerignore': 'cmd/server/main.go\n' },
      code: build('RUN go build cmd/server/main.go'),
    },
    { name: 'a file', files: app, code: build('RUN go build cmd/server/main.go') },
    {
      name: 'copied from another stage',
      files: app,
      code: `FROM alpine AS gen\n\n${build('COPY --from=gen /x ./cmd/api', 'RUN go build ./cmd/api')}`,
    },
    {
      name: 'of another module',
      files: { ...app, 'api/go.mod': 'module example.com/api\n' },
      code: build('RUN go build ./api/cmd'),
    },
    {
      name: 'outside of the module, and replaced by it',
      files: { ...app, 'go.mod': `${goMod}\nrequire example.com/dep v0.0.0\nreplace example.com/dep => ../dep\n` },
      code: build('COPY cmd /dep', 'RUN go build ../dep'),
    },
    { name: 'of Go itself', files: app, code: build('RUN go build /usr/local/go/src/cmd/vet') },
    {
      name: 'in a workspace',
      files: { ...app, 'go.work': 'go 1.26\nuse .\n' },
      code: build('COPY cmd /x', 'RUN go build /x'),
    },
    { name: 'go run, go test', files: app, code: build('RUN go test ./none') },
    { name: 'the project is not known', code: build('RUN go build ./cmd/api') },
  ],
  invalid: [
    {
      name: 'a file that is not there',
      files: app,
      code: build('RUN go build -o /app «cmd/api/main.go»'),
      messages: ['There is no file /src/cmd/api/main.go in the stage: the build stops here.'],
      fixed: build('RUN go build -o /app ./cmd/server'),
    },
    {
      name: 'a file beside others',
      files: app,
      code: build('RUN go build -o /app cmd/server/main.go «cmd/server/routes.go»'),
      messages: ['There is no file /src/cmd/server/routes.go in the stage: the build stops here.'],
    },
    {
      name: 'outside of the module',
      files: app,
      code: build('COPY cmd/server /server', 'RUN go build -o /app «/server»'),
      messages: ['/server lies outside of the module: the build stops here.'],
      fixed: build('COPY cmd/server /server', 'RUN go build -o /app ./cmd/server'),
    },
    {
      name: 'no such folder',
      files: app,
      code: build('RUN go build -o /app «./cmd/api»'),
      messages: [missing('/src/cmd/api')],
      severity: 'error',
      fixed: build('RUN go build -o /app ./cmd/server'),
    },
    {
      name: 'the same name first',
      files: { ...app, 'cmd/a/main.go': main },
      code: build('RUN go build -o /app «./server»'),
      messages: [missing('/src/server')],
      fixes: ['Build ./cmd/server', 'Build ./cmd/a'],
      fixed: build('RUN go build -o /app ./cmd/server'),
    },
    {
      name: 'an import path of the own module',
      files: app,
      code: build('RUN go build «example.com/app/cmd/api»'),
      messages: [missing('/src/cmd/api')],
      fixed: build('RUN go build ./cmd/server'),
    },
    {
      name: 'without ./',
      files: app,
      code: build('RUN go build -o /app «cmd/server»'),
      messages: [
        'Without ./ go looks for cmd/server in the standard library, not in /src/cmd/server: the build stops here.',
      ],
      fixed: build('RUN go build -o /app ./cmd/server'),
    },
    {
      name: 'its sources were not copied',
      files: app,
      code: 'FROM golang:1.26\nWORKDIR /src\nCOPY go.mod ./\nRUN go build «./cmd/server»\n',
      messages: [missing('/src/cmd/server')],
    },
  ],
});
