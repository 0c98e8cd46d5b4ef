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

const sure = (image: string, runs: string, built = '2.41'): string =>
  `/app is linked to glibc ${built} and asks for GLIBC_2.34, and ${image} has ${runs}: it will not start.`;
const withoutCgo = (text: string): string =>
  text.replace('RUN go build', 'RUN CGO_ENABLED=0 go build').replace(/[«»]/g, '');

testRule(matchGlibcVersion, {
  valid: [
    { name: 'the same release', files, code: onto('golang:1.26-bookworm', 'debian:bookworm-slim') },
    { name: 'a newer one to run on', files, code: onto('golang:1.26-bookworm', 'debian:13-slim') },
    { name: 'both by default', files, code: onto('golang:1.26', 'gcr.io/distroless/base') },
    { name: 'net alone', files: programs.web, code: onto('golang:1.26', 'debian:bookworm-slim') },
    { name: 'net on a newer one', files: programs.web, code: onto('golang:1.22-bullseye', 'debian:bookworm-slim') },
    {
      name: 'net on an older one, both before 2.34',
      files: programs.web,
      code: onto('golang:1.22-bullseye', 'debian:buster-slim'),
    },
    {
      name: 'net of Go 1.19, which came compiled',
      files: { ...programs.web, 'go.mod': 'module example.com/app\n\ngo 1.19\n' },
      code: onto('golang:1.19-bookworm', 'debian:bullseye-slim'),
    },
    {
      name: 'net, with a C compiler that nobody knows',
      files: programs.web,
      code: onto(
        'golang:1.26',
        'debian:bullseye-slim',
        '',
        'ENV CC="zig cc -target x86_64-linux-gnu.2.17"\nRUN go build -o /app .',
      ),
    },
    {
      name: 'net, where another release is named for packages',
      files: programs.web,
      code: onto(
        'golang:1.26',
        'debian:bullseye-slim',
        'COPY sources.list /etc/apt/sources.list\nRUN apt-get update && apt-get -y dist-upgrade\n',
      ),
    },
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
      name: 'net on glibc before 2.34',
      files: programs.web,
      code: onto('golang:1.26', 'debian:bullseye-slim'),
      messages: [sure('debian:bullseye-slim', '2.31')],
      severity: 'error',
      fixes: ['Build with CGO_ENABLED=0', 'Run on debian:trixie-slim'],
      fixed: withoutCgo(onto('golang:1.26', 'debian:bullseye-slim')),
    },
    ...[
      ['ubuntu:20.04', '2.31'],
      ['ubuntu:bionic', '2.27'],
    ].map(([image = '', runs = '']) => ({
      name: `net on ${image}`,
      files: programs.web,
      code: onto('golang:1.22-bookworm', image),
      messages: [sure(image, runs, '2.36')],
      severity: 'error' as const,
      fixed: withoutCgo(onto('golang:1.22-bookworm', image)),
    })),
    {
      name: 'C code of any Go version on glibc before 2.34',
      files: { ...files, 'go.mod': 'module example.com/app\n\ngo 1.19\n' },
      code: onto('golang:1.19-bookworm', 'debian:bullseye-slim'),
      messages: [sure('debian:bullseye-slim', '2.31', '2.36')],
      severity: 'error',
      fixed: onto('golang:1.19-bullseye', 'debian:bullseye-slim').replace(/[«»]/g, ''),
    },
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
