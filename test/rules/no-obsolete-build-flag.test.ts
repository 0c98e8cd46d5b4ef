import { noObsoleteBuildFlag } from '../../server/analysis/rules/no-obsolete-build-flag.ts';
import { testRule } from '../support/test-rule.ts';

const stage = (lines: string, from = 'FROM golang:1.26'): string => `${from}\nWORKDIR /src\nCOPY . .\n${lines}\n`;
const a = '-a compiles everything again, also what the build cache has.';
const suffix = '-installsuffix names a folder that Go has not used since it has a build cache.';
const linker = '-extldflags is for the C linker, which is not used with CGO_ENABLED=0.';
const modules = 'GO111MODULE=on is the default since Go 1.16.';

testRule(noObsoleteBuildFlag, {
  valid: [
    { name: 'no flags', code: stage('RUN CGO_ENABLED=0 go build -o /app .') },
    {
      name: 'a static link with cgo on',
      code: stage(`RUN CGO_ENABLED=1 go build -ldflags '-linkmode external -extldflags "-static"' -o /app .`),
    },
    {
      name: 'a Go without a build cache',
      code: stage('RUN CGO_ENABLED=0 go build -a -installsuffix cgo -o /app .', 'FROM golang:1.9'),
    },
    { name: 'cgo as it comes', code: stage(`RUN go build -tags netgo -ldflags '-extldflags "-static"' -o /app .`) },
    { name: 'cgo as it is asked for', code: stage(`ARG CGO_ENABLED\nRUN go build -tags netgo -o /app .`) },
    {
      name: 'cgo off by default only',
      code: stage(`ARG CGO_ENABLED=0\nRUN go build -tags netgo -ldflags '-extldflags "-static"' -o /app .`),
    },
    {
      name: 'a variable that may hold -linkmode',
      code: stage(`ARG LDFLAGS\nRUN CGO_ENABLED=0 go build -ldflags "$LDFLAGS -extldflags '-static'" -o /app .`),
    },
    { name: 'other linker flags', code: stage(`RUN CGO_ENABLED=0 go build -ldflags '-extldflags "-static -lm"' .`) },
    {
      name: 'a build mode',
      code: stage(`RUN CGO_ENABLED=0 go build -buildmode=pie -ldflags '-extldflags "-static"' .`),
    },
    { name: 'other tags', code: stage('RUN CGO_ENABLED=0 go build -tags netgo,sqlite_omit_load_extension .') },
    {
      name: 'a tag that a file asks for',
      files: {
        'go.mod': 'module example.com/app\n\ngo 1.26\n',
        'main.go': 'package main\n\nfunc main() {}\n',
        'net.go': '//go:build netgo\n\npackage main\n',
      },
      code: stage('RUN CGO_ENABLED=0 go build -tags netgo .'),
    },
    { name: 'modules before Go 1.16', code: stage('ENV GO111MODULE=on\nRUN go build .', 'FROM golang:1.15') },
    { name: 'modules of a Go nobody knows', code: stage('ENV GO111MODULE=on\nRUN go build .', 'FROM golang:latest') },
    { name: 'modules off', code: stage('ENV GO111MODULE=off\nRUN go build .') },
    { name: '-a of another verb', code: stage('RUN go vet -a ./... && tar -a -cf x.tar .') },
    { name: 'exec form', code: stage('RUN ["go", "build", "-a", "."]') },
  ],
  invalid: [
    {
      name: 'the old recipe',
      code: stage(
        `RUN CGO_ENABLED=0 GOOS=linux go build «-a» «-installsuffix cgo» -ldflags '«-extldflags "-static"»' -o /app .`,
      ),
      messages: [a, suffix, linker],
      fixed: stage('RUN CGO_ENABLED=0 GOOS=linux go build -o /app .'),
      severity: 'hint',
    },
    {
      name: 'over several lines',
      code: stage('RUN CGO_ENABLED=0 \\\n    go build \\\n    «-a» \\\n    «-installsuffix=cgo» \\\n    -o /app .'),
      messages: [a, suffix],
      fixed: stage('RUN CGO_ENABLED=0 \\\n    go build \\\n    -o /app .'),
    },
    {
      name: 'between other linker flags',
      code: stage(`ENV CGO_ENABLED=0\nRUN go build -ldflags "-s -w «-extldflags '-static'» -X main.v=1" -o /app .`),
      messages: [linker],
      fixed: stage(`ENV CGO_ENABLED=0\nRUN go build -ldflags "-s -w -X main.v=1" -o /app .`),
    },
    {
      name: 'first among them, with escaped quotes',
      code: stage('RUN CGO_ENABLED=0 go build -ldflags="«-extldflags \\"-static\\"» -s -w" -o /app .'),
      messages: [linker],
      fixed: stage('RUN CGO_ENABLED=0 go build -ldflags="-s -w" -o /app .'),
    },
    {
      name: 'tags of the resolver',
      code: stage('RUN CGO_ENABLED=0 go build «-tags netgo,osusergo» -o /app .'),
      messages: ['The tag netgo,osusergo changes nothing with CGO_ENABLED=0.'],
      fixed: stage('RUN CGO_ENABLED=0 go build -o /app .'),
    },
    {
      name: 'modules on, in a line of its own, among others and as a prefix',
      code: stage(
        'ENV «GO111MODULE=on»\nENV CGO_ENABLED=0 \\\n    «GO111MODULE=on» \\\n    GOOS=linux\nRUN «GO111MODULE=on» go mod download',
      ),
      messages: [modules, modules, modules],
      fixed: stage('ENV CGO_ENABLED=0 \\\n    GOOS=linux\nRUN go mod download'),
    },
  ],
});
