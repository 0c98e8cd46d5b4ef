import { runExistingFile } from '../../server/analysis/rules/run-existing-file.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const files = programs.hello;
const build = 'FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /out/app .\n\n';
const onto = (rest: string, base = 'scratch'): string => `${build}FROM ${base}\n${rest}\n`;
const copied = 'COPY --from=build /out/app /app\n';

testRule(runExistingFile, {
  valid: [
    ...[
      'RUN apk add --no-cache git || apt-get update',
      'RUN apk add git; true',
      'RUN if command -v apk; then apk add git; fi',
      'RUN ! apk add git',
      'RUN ./setup.sh\nRUN apk add git',
      'COPY --from=tools /sbin/apk /sbin/apk\nRUN apk add git',
      'RUN --mount=type=bind,from=tools,target=/sbin apk add git',
      'RUN apt-get update && apt-get install -y apk-tools\nRUN apk add git',
      'RUN apk() { true; }; apk add git',
      'RUN <<EOF\napk add git\ntrue\nEOF',
      'ONBUILD RUN apk add git',
    ].map((lines) => ({ name: lines, files, code: `FROM golang:1.26\n${lines}\n` })),
    { name: 'apk of Alpine', files, code: 'FROM golang:1.26-alpine\nRUN apk add --no-cache git\n' },
    { name: 'an image of somebody', files, code: 'FROM corp/golang:1.26\nRUN apk add git && go build .\n' },
    { name: 'the copied path', files, code: onto(`${copied}ENTRYPOINT ["/app"]`) },
    { name: 'relative to WORKDIR', files, code: onto(`WORKDIR /srv\nCOPY --from=build /out/app .\nCMD ["./app"]`) },
    { name: 'relative to the root of scratch', files, code: onto(`${copied}ENTRYPOINT ["./app"]`) },
    { name: 'in the folder of that name', files, code: onto(`WORKDIR /app\n${copied}ENTRYPOINT ["/app/app"]`) },
    { name: 'on the PATH', files, code: onto('COPY --from=build /out/app /usr/local/bin/\nENTRYPOINT ["app"]') },
    { name: 'on a PATH of its own', files, code: onto(`ENV PATH=/\n${copied}ENTRYPOINT ["app"]`) },
    { name: 'on a PATH that is not known', files, code: onto(`ARG P\nENV PATH=$P\n${copied}ENTRYPOINT ["app"]`) },
    {
      name: 'a tool of the base image',
      files,
      code: onto(`${copied}ENTRYPOINT ["tini", "--", "/app"]`, 'alpine:3.24'),
    },
    {
      name: 'a command of a debug image',
      files,
      code: onto(`${copied}CMD ["/busybox/tail", "-f", "/dev/null"]`, 'gcr.io/distroless/static:debug'),
    },
    { name: 'a path of the base image', files, code: onto(`${copied}ENTRYPOINT ["/sbin/tini"]`, 'alpine:3.24') },
    { name: 'a base nobody described', files, code: onto(`${copied}ENTRYPOINT ["/other"]`, 'example.com/base:1') },
    { name: 'a variable', files, code: onto(`ENV BIN=/app\n${copied}ENTRYPOINT ["$BIN"]`) },
    { name: 'shell form', files, code: onto(`${copied}ENTRYPOINT /other`, 'alpine:3.24') },
    { name: 'a folder copied whole', files, code: onto('COPY --from=build /out/ /bin/\nENTRYPOINT ["/bin/app"]') },
    { name: 'a pattern', files, code: onto('COPY --from=build /out/* /\nENTRYPOINT ["/other"]') },
    { name: 'an image as source', files, code: onto(`${copied}COPY --from=corp/x / /\nENTRYPOINT ["/other"]`) },
    { name: 'an archive unpacked', files, code: onto(`${copied}ADD root.tar.gz /\nENTRYPOINT ["/other"]`) },
    { name: 'a script may make it', files, code: onto(`${copied}RUN ./install.sh\nCMD ["/other"]`, 'alpine:3.24') },
    { name: 'a link', files, code: onto(`${copied}RUN ln -s /app /other\nCMD ["/other"]`, 'alpine:3.24') },
    { name: 'renamed', files, code: onto(`${copied}RUN mv /app /other\nCMD ["/other"]`, 'alpine:3.24') },
    {
      name: 'a folder of the context: the program may be built beside the Dockerfile',
      files,
      code: `${build}FROM alpine:3.24\nCOPY --from=build /out/missing /x\nCOPY dist /app\nENTRYPOINT ["/app/server"]\n`,
    },
    {
      name: 'a pattern of the context that fits nothing yet',
      files,
      code: 'FROM golang:1.26 AS build\nRUN touch /cert\n\nFROM scratch\nCOPY --from=build /cert /cert\nCOPY bin/server-* /server/\nENTRYPOINT ["/server/server-linux"]\n',
    },
    {
      name: 'a toolchain image whose sources and program come from a volume',
      files,
      code: 'FROM golang:1.26\nWORKDIR /app\nCOPY go.mod ./\nRUN go mod download && go install example.com/tool@v1.0.0\nCMD ["./server"]\n',
    },
    { name: 'a volume', files, code: onto(`${copied}VOLUME /plugins\nENTRYPOINT ["/plugins/main"]`) },
    {
      name: 'a volume as JSON',
      files,
      code: onto(`${copied}VOLUME ["/data", "/plugins"]\nENTRYPOINT ["/plugins/main"]`),
    },
    {
      name: 'downloaded',
      files,
      code: onto(`${copied}RUN wget -O /other https://example.com/x\nCMD ["/other"]`, 'alpine:3.24'),
    },
    {
      name: 'unpacked',
      files,
      code: onto(`${copied}RUN wget -qO- https://example.com/x | tar -xz -C /\nCMD ["/other"]`, 'alpine:3.24'),
    },
    {
      name: 'copied from a mount',
      files,
      code: onto(`RUN --mount=from=build,target=/x cp /x/out/app /other\nCMD ["/other"]`, 'alpine:3.24'),
    },
    { name: 'made by make', files, code: 'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN make\nCMD ["./bin/app"]\n' },
    { name: 'nothing is known of the context', code: onto('COPY app entry /\nENTRYPOINT ["/entry"]') },
    { name: 'a development stage', files, code: `${build}FROM build AS dev\nCMD ["/other"]\n` },
    { name: 'arguments of an ENTRYPOINT', files, code: onto(`${copied}ENTRYPOINT ["/app"]\nCMD ["/other"]`) },
  ],
  invalid: [
    {
      name: 'apk in a Debian image',
      files,
      code: 'FROM golang:1.26\nRUN set -x && «apk» add --no-cache git \\\n  # comment; more\n  && go build -o /app . 2>&1\n',
      messages: ['golang:1.26 has no apk: the build stops.'],
    },
    {
      name: 'after set -e',
      files,
      code: 'FROM debian:trixie AS base\nFROM base\nRUN <<EOF\nset -eu\n«apk» add git\ngo build .\nEOF\n',
      messages: ['debian:trixie has no apk: the build stops.'],
    },
    {
      name: 'apt-get in an Alpine image, in a stage for development, too',
      files,
      code: 'FROM golang:1.26-alpine AS dev\nRUN «apt-get» update && apt-get install -y git\n\nFROM golang:1.26-alpine\n',
      messages: ['golang:1.26-alpine has no apt-get: the build stops.'],
    },
    {
      name: 'in an image for tests, which has to start too',
      files,
      path: 'test/e2e/Dockerfile',
      code: onto(`${copied}ENTRYPOINT ["«/server»"]`),
      messages: ['Nothing brings /server into the image: the container does not start.'],
      fixed: onto(`${copied}ENTRYPOINT ["/app"]`),
      severity: 'error',
      related: ['What this command builds lies at /app.'],
    },
    {
      name: 'another name',
      files,
      code: onto(`${copied}ENTRYPOINT ["«/server»"]`),
      messages: ['Nothing brings /server into the image: the container does not start.'],
      fixed: onto(`${copied}ENTRYPOINT ["/app"]`),
      severity: 'error',
      related: ['What this command builds lies at /app.'],
    },
    {
      name: 'relative to another WORKDIR',
      files,
      code: onto(`${copied}WORKDIR /srv\nCMD ["«./app»", "--port", "80"]`, 'alpine:3.24'),
      messages: ['Nothing brings /srv/app into the image: the container does not start.'],
      fixed: onto(`${copied}WORKDIR /srv\nCMD ["/app", "--port", "80"]`, 'alpine:3.24'),
    },
    {
      name: 'the folder that WORKDIR made',
      files,
      code: onto(`WORKDIR /app\n${copied}ENTRYPOINT ["«/app»"]`, 'gcr.io/distroless/static-debian13:nonroot'),
      messages: ['/app is a folder in the image: the container does not start.'],
      fixed: onto(`WORKDIR /app\n${copied}ENTRYPOINT ["/app/app"]`, 'gcr.io/distroless/static-debian13:nonroot'),
    },
    {
      name: 'the root of scratch is not on the PATH',
      files,
      code: onto(`${copied}ENTRYPOINT ["«app»"]`),
      messages: ['app is in no folder of PATH: the container does not start.'],
      fixed: onto(`${copied}ENTRYPOINT ["/app"]`),
    },
    {
      name: 'of two programs the one of that name',
      files: { ...files, 'cmd/b/main.go': 'package main\n\nfunc main() {}\n' },
      code: 'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/app . && go build -o /out/b ./cmd/b\nCMD ["«/src/b»"]\n',
      messages: ['Nothing brings /src/b into the image: the container does not start.'],
      fixed:
        'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/app . && go build -o /out/b ./cmd/b\nCMD ["/out/b"]\n',
    },
    {
      name: 'a command of the debug image in the plain one',
      files,
      code: onto(`${copied}CMD ["«/busybox/tail»", "-f", "/dev/null"]`, 'gcr.io/distroless/static-debian13'),
      messages: ['Nothing brings /busybox/tail into the image: the container does not start.'],
      fixed: onto(`${copied}CMD ["/app", "-f", "/dev/null"]`, 'gcr.io/distroless/static-debian13'),
    },
    {
      name: 'nothing was copied but certificates',
      files,
      code: onto('COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nENTRYPOINT ["«/app»"]'),
      messages: ['Nothing brings /app into the image: the container does not start.'],
    },
  ],
});
