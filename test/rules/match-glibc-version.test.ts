import { matchGlibcVersion } from '../../server/analysis/rules/match-glibc-version.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const files = programs.cgo;
const onto = (
  builder: string,
  base: string,
  more = '',
  run = 'RUN go build -o /app .',
): string => `FROM ${builder} AS build
WORKDIR /src
COPY . .
${run}

FROM ${base}
${more}COPY --from=build «/app» /app
ENTRYPOINT ["/app"]
`;
const may = (image: string, runs: string, built = '2.41'): string =>
  `/app has C code built with glibc ${built}, and ${image} has ${runs}: it may not start.`;

testRule(matchGlibcVersion, {
  valid: [
    { name: 'the same release', files, code: onto('golang:1.26-bookworm', 'debian:bookworm-slim') },
    { name: 'a newer one to run on', files, code: onto('golang:1.26-bookworm', 'debian:13-slim') },
    { name: 'both by default', files, code: onto('golang:1.26', 'gcr.io/distroless/base') },
    { name: 'net alone', files: programs.web, code: onto('golang:1.26', 'debian:bookworm-slim') },
    { name: 'no C at all', files: programs.hello, code: onto('golang:1.26', 'debian:bookworm-slim') },
    {
      name: 'static',
      files,
      code: onto('golang:1.26', 'debian:bookworm-slim', '', `RUN go build -ldflags '-extldflags "-static"' -o /app .`),
    },
    { name: 'nothing is known', code: onto('golang:1.26', 'debian:bookworm-slim') },
    { name: 'a Go that no table has', files, code: onto('golang:1.99', 'debian:bookworm-slim') },
    { name: 'a release that no table has', files, code: onto('golang:1.26', 'ubuntu:25.10') },
    { name: 'an image of somebody else', files, code: onto('golang:1.26', 'registry.example.com/base:12') },
    { name: 'musl', files, code: onto('golang:1.26', 'alpine:3.24') },
    {
      name: 'a libc that was copied',
      files,
      code: onto(
        'golang:1.26',
        'debian:bookworm-slim',
        'COPY --from=build /lib/x86_64-linux-gnu/libc.so.6 /lib/x86_64-linux-gnu/\n',
      ),
    },
    {
      name: 'not shipped',
      files,
      code: `${onto('golang:1.26', 'debian:bookworm-slim AS test')}\nFROM scratch\nCOPY x /x\n`,
    },
  ],
  invalid: [
    {
      name: 'distroless of the release before',
      files,
      code: onto('golang:1.26', 'gcr.io/distroless/base-debian12:nonroot'),
      messages: [may('gcr.io/distroless/base-debian12:nonroot', '2.36')],
      severity: 'warning',
      fixes: ['Build on golang:1.26-bookworm', 'Run on gcr.io/distroless/base-debian13:nonroot'],
      fixed: onto('golang:1.26-bookworm', 'gcr.io/distroless/base-debian12:nonroot').replace(/[«»]/g, ''),
      related: [
        'golang:1.26 has glibc 2.41.',
        'The stage has a C compiler and glibc.',
        'CGO_ENABLED is not set and there is a C compiler, so cgo is on.',
        'It imports a package that uses cgo, so it is linked to glibc.',
        'gcr.io/distroless/base-debian12:nonroot has glibc 2.36.',
      ],
    },
    {
      name: 'by number, a stage in between, a version in an ARG',
      files,
      code: `ARG GO=1.26-trixie\n${onto('golang:${GO}', 'debian:12-slim AS base\n\nFROM base')}`,
      messages: [may('debian:12-slim', '2.36')],
      fixes: ['Build on golang:1.26-bookworm'],
      fixed: `ARG GO=1.26-bookworm\n${onto('golang:${GO}', 'debian:12-slim AS base\n\nFROM base')}`.replace(
        /[«»]/g,
        '',
      ),
    },
    {
      name: 'Debian by name',
      files,
      code: onto('golang:1.26-trixie', 'debian:bookworm-slim'),
      messages: [may('debian:bookworm-slim', '2.36')],
      fixes: ['Build on golang:1.26-bookworm', 'Run on debian:trixie-slim'],
      fixed: onto('golang:1.26-bookworm', 'debian:bookworm-slim').replace(/[«»]/g, ''),
    },
    {
      name: 'Ubuntu by name, with a package',
      files,
      code: onto('golang:1.26', 'ubuntu:jammy', 'RUN apt-get update && apt-get install -y curl\n'),
      messages: [may('ubuntu:jammy', '2.35')],
    },
  ],
});
