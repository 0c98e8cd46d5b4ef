import { noRootUser } from '../../server/analysis/rules/no-root-user.ts';
import { testRule } from '../support/test-rule.ts';

const build = 'FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n\n';
const scratch = (rest: string): string => `${build}FROM scratch\nCOPY --from=build /app /app\n${rest}\n`;

testRule(noRootUser, {
  valid: [
    {
      name: 'a script of the repository, whatever its name',
      files: { 'go.mod': 'module example.com/app\n', 'bin/start': '#!/bin/sh\nexec gosu app /app\n' },
      code: `${build}FROM alpine:3.24\nCOPY --from=build /app /app\nCOPY --from=build /src/bin/start /usr/local/bin/start\nENTRYPOINT ["/sbin/tini", "--", "start"]\n`,
    },
    ...['air', 'reflex -c /reflex.conf', 'CompileDaemon -command=./app'].map((command) => ({
      name: `builds anew at each change: ${command}`,
      code: `FROM golang:1.26\nWORKDIR /src\nCOPY . .\nENTRYPOINT ["/go/bin/${command.split(' ').join('", "')}"]\n`,
    })),
    { name: 'a numeric user', code: scratch('USER 65532:65532\nENTRYPOINT ["/app"]') },
    { name: 'a user by name', code: `${build}FROM alpine:3.24\nRUN adduser -D app\nUSER app\nENTRYPOINT ["/app"]\n` },
    {
      name: 'a digest, which may be that of a nonroot tag',
      code: `${build}FROM gcr.io/distroless/static@sha256:${'0'.repeat(64)}\nCOPY --from=build /app /app\nENTRYPOINT ["/app"]\n`,
    },
    { name: 'a nonroot base', code: `${build}FROM gcr.io/distroless/static-debian13:nonroot\nENTRYPOINT ["/app"]\n` },
    { name: 'a base nobody described', code: `${build}FROM example.com/base:1\nENTRYPOINT ["/app"]\n` },
    { name: 'a user by variable without default', code: scratch('ARG U\nUSER $U\nENTRYPOINT ["/app"]') },
    { name: 'a stage that only carries files', code: `${build}FROM scratch AS artifacts\nCOPY --from=build /app /\n` },
    {
      name: 'an image for tests',
      files: { 'go.mod': 'module example.com/app\n' },
      path: 'test/e2e/Dockerfile',
      code: scratch('ENTRYPOINT ["/app"]'),
    },
    { name: 'a development stage', code: `${build}FROM alpine:3.24 AS dev\nENTRYPOINT ["/app"]\n` },
    {
      name: 'an entrypoint script',
      code: `${build}FROM alpine:3.24\nCOPY entrypoint.sh /\nENTRYPOINT ["/entrypoint.sh"]\n`,
    },
    {
      name: 'an entrypoint script behind tini',
      code: `${build}FROM alpine:3.24\nCOPY start.sh /\nENTRYPOINT ["/sbin/tini", "-g", "--", "/start.sh"]\n`,
    },
    {
      name: 'a tool beside the go command it needs',
      code: 'FROM golang:1.26\nCOPY mylint /usr/bin/\nCMD ["mylint"]\n',
    },
    { name: 'a shell does more', code: `${build}FROM alpine:3.24\nCMD ./migrate && su-exec app ./app\n` },
    { name: 'gosu', code: `${build}FROM debian:trixie-slim\nENTRYPOINT ["gosu", "app", "/app"]\n` },
    { name: 'a builder that compiles when it runs', code: 'FROM golang:1.26\nWORKDIR /src\nCMD go build ./...\n' },
    {
      name: 'the user is inherited from a stage',
      code: `${build}FROM alpine:3.24 AS base\nUSER 1000\n\nFROM base\nCOPY --from=build /app /app\nENTRYPOINT ["/app"]\n`,
    },
    {
      name: 'a Dockerfile for development by its name',
      path: 'build/Dockerfile.dev',
      files: {},
      code: `${build}FROM alpine:3.24\nENTRYPOINT ["/app"]\n`,
    },
    {
      name: 'a devcontainer',
      path: '.devcontainer/Dockerfile',
      files: {},
      code: 'FROM golang:1.26\nENTRYPOINT ["/app"]\n',
    },
    {
      name: 'Chainguard is not root by itself',
      code: `${build}FROM cgr.dev/chainguard/static\nCOPY --from=build /app /app\nENTRYPOINT ["/app"]\n`,
    },
    {
      name: 'su-exec behind tini',
      code: `${build}FROM alpine:3.24\nENTRYPOINT ["tini", "--", "su-exec", "app", "/app"]\n`,
    },
  ],
  invalid: [
    {
      name: 'a program that was built before',
      files: { 'go.mod': 'module example.com/app\n', 'main.go': 'package main\n\nfunc main() {}\n' },
      code: 'FROM «alpine:3.24»\nCOPY app /usr/local/bin/app\nENTRYPOINT ["/usr/local/bin/app"]\n',
      messages: ['The program runs as root: no USER is set, and alpine:3.24 runs as root.'],
      fixed: 'FROM alpine:3.24\nCOPY app /usr/local/bin/app\nUSER 65532:65532\nENTRYPOINT ["/usr/local/bin/app"]\n',
    },
    {
      name: 'a RUN below the command still needs root',
      code: `${build}FROM «alpine:3.24@sha256:${'0'.repeat(64)}»\nENTRYPOINT ["/app"]\nCOPY --from=build /app /app\nRUN apk add tzdata\nEXPOSE 80\n`,
      messages: ['The program runs as root: no USER is set, and alpine:3.24 runs as root.'],
      fixed: `${build}FROM alpine:3.24@sha256:${'0'.repeat(64)}\nENTRYPOINT ["/app"]\nCOPY --from=build /app /app\nRUN apk add tzdata\nUSER 65532:65532\nEXPOSE 80\n`,
    },
    {
      name: 'port 80 is no reason for root',
      code: `${build}FROM «alpine:3.24»\nCOPY --from=build /app /app\nEXPOSE 80\nENTRYPOINT ["/app"]\n`,
      messages: ['The program runs as root: no USER is set, and alpine:3.24 runs as root.'],
      fixed: `${build}FROM alpine:3.24\nCOPY --from=build /app /app\nEXPOSE 80\nUSER 65532:65532\nENTRYPOINT ["/app"]\n`,
    },
    {
      name: 'a shell form that is one plain command',
      code: `${build}FROM «alpine:3.24»\nCOPY --from=build /app /app\nCMD exec /app --port 80\n`,
      messages: ['The program runs as root: no USER is set, and alpine:3.24 runs as root.'],
      fixed: `${build}FROM alpine:3.24\nCOPY --from=build /app /app\nUSER 65532:65532\nCMD exec /app --port 80\n`,
    },
    {
      name: 'the program behind tini',
      code: `${build}FROM «alpine:3.24»\nCOPY --from=build /app /app\nENTRYPOINT ["/sbin/tini", "--", "/app"]\n`,
      messages: ['The program runs as root: no USER is set, and alpine:3.24 runs as root.'],
      fixed: `${build}FROM alpine:3.24\nCOPY --from=build /app /app\nUSER 65532:65532\nENTRYPOINT ["/sbin/tini", "--", "/app"]\n`,
    },
    {
      name: 'what CI packs is shipped',
      path: 'Dockerfile.ci',
      files: {},
      code: `${build}FROM «scratch»\nCOPY --from=build /app /app\nENTRYPOINT ["/app"]\n`,
      messages: ['The program runs as root: no USER is set, and scratch runs as root.'],
      fixed: `${build}FROM scratch\nCOPY --from=build /app /app\nUSER 65532:65532\nENTRYPOINT ["/app"]\n`,
    },
    {
      name: 'scratch without USER',
      code: `${build}FROM «scratch»\nCOPY --from=build /app /app\nENTRYPOINT ["/app"]\n`,
      messages: ['The program runs as root: no USER is set, and scratch runs as root.'],
      fixed: `${build}FROM scratch\nCOPY --from=build /app /app\nUSER 65532:65532\nENTRYPOINT ["/app"]\n`,
      severity: 'warning',
    },
    {
      name: 'USER root',
      code: scratch('USER «root»\nENTRYPOINT ["/app"]'),
      messages: ['USER root runs the program as root.'],
      fixed: scratch('USER 65532:65532\nENTRYPOINT ["/app"]'),
    },
    {
      name: 'USER 0:0 by an ARG default',
      code: scratch('ARG U=0:0\nUSER «$U»\nENTRYPOINT ["/app"]'),
      messages: ['USER $U is 0:0, which runs the program as root.'],
      fixed: scratch('ARG U=0:0\nUSER 65532:65532\nENTRYPOINT ["/app"]'),
    },
    {
      name: 'distroless has a tag for it',
      code: `${build}FROM «gcr.io/distroless/static-debian13»\nCOPY --from=build /app /app\nENTRYPOINT ["/app"]\n`,
      messages: ['The program runs as root: no USER is set, and gcr.io/distroless/static-debian13 runs as root.'],
      fixed: `${build}FROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /app /app\nENTRYPOINT ["/app"]\n`,
    },
    {
      name: 'distroless with a shell keeps it',
      code: `${build}FROM «gcr.io/distroless/static:debug»\nCOPY --from=build /app /app\nENTRYPOINT ["/app"]\n`,
      messages: ['The program runs as root: no USER is set, and gcr.io/distroless/static:debug runs as root.'],
      fixed: `${build}FROM gcr.io/distroless/static:debug-nonroot\nCOPY --from=build /app /app\nENTRYPOINT ["/app"]\n`,
    },
    {
      name: 'a RUN with the shell of distroless needs root',
      code: `${build}FROM «gcr.io/distroless/static:debug»\nCOPY --from=build /app /app\nSHELL ["/busybox/sh", "-c"]\nRUN ln -s /busybox/sh /bin/sh\nENTRYPOINT ["/app"]\n`,
      messages: ['The program runs as root: no USER is set, and gcr.io/distroless/static:debug runs as root.'],
      fixed: `${build}FROM gcr.io/distroless/static:debug\nCOPY --from=build /app /app\nSHELL ["/busybox/sh", "-c"]\nRUN ln -s /busybox/sh /bin/sh\nUSER 65532:65532\nENTRYPOINT ["/app"]\n`,
    },
    {
      name: '/root is closed to others, so the program moves',
      code: `${build}FROM «alpine:3.24»\nWORKDIR /root/\nCOPY --from=build /app .\nCMD ["./app"]\n`,
      messages: ['The program runs as root: no USER is set, and alpine:3.24 runs as root.'],
      fixed: `${build}FROM alpine:3.24\nWORKDIR /app\nCOPY --from=build /app .\nUSER 65532:65532\nCMD ["./app"]\n`,
    },
    {
      name: 'a program in /root that PATH finds stays with root',
      code: `${build}FROM «alpine:3.24»\nENV PATH=/root/bin:$PATH\nCOPY --from=build /app /root/bin/app\nCMD ["app"]\n`,
      messages: ['The program runs as root: no USER is set, and alpine:3.24 runs as root.'],
    },
    {
      name: 'behind tini, with USER root',
      code: `${build}FROM alpine:3.24\nCOPY --from=build /app /root/app\nUSER «root»\nENTRYPOINT ["/sbin/tini", "--", "/root/app"]\n`,
      messages: ['USER root runs the program as root.'],
    },
    {
      name: 'WORKDIR /root and USER root',
      code: `${build}FROM alpine:3.24\nWORKDIR /root/\nCOPY --from=build /app .\nUSER «root»\nCMD ["./app"]\n`,
      messages: ['USER root runs the program as root.'],
      fixed: `${build}FROM alpine:3.24\nWORKDIR /app\nCOPY --from=build /app .\nUSER 65532:65532\nCMD ["./app"]\n`,
    },
  ],
});
