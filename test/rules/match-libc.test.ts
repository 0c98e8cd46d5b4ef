import { matchLibc } from '../../server/analysis/rules/match-libc.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const build = (
  command: string,
  base: string,
  builder = 'golang:1.26',
  copy = '/app',
): string => `FROM ${builder} AS build
WORKDIR /src
COPY . .
${command}

FROM ${base}
COPY --from=build ${copy} /app
ENTRYPOINT ["/app"]
`;

testRule(matchLibc, {
  valid: [
    {
      name: 'static binary on Alpine',
      files: programs.web,
      code: build('RUN CGO_ENABLED=0 go build -o /app .', 'alpine:3.24'),
    },
    {
      name: 'files of no module, which nobody read',
      files: { 'main.go': programs.hello['main.go'] ?? '' },
      code: build('RUN go build -o /app main.go', 'alpine:3.24'),
    },
    { name: 'only fmt', files: programs.hello, code: build('RUN go build -o /app .', 'alpine:3.24') },
    {
      name: 'musl on musl',
      files: programs.cgo,
      code: build('RUN apk add gcc musl-dev && go build -o /app .', 'alpine:3.24', 'golang:1.26-alpine'),
    },
    { name: 'glibc on glibc', files: programs.web, code: build('RUN go build -o /app .', 'debian:trixie-slim') },
    {
      name: 'gcompat is installed',
      files: programs.web,
      code: build('RUN go build -o /app .', 'alpine:3.24\nRUN apk add --no-cache gcompat'),
    },
    {
      name: 'the loader is linked by hand',
      files: programs.web,
      code: build(
        'RUN go build -o /app .',
        'alpine:3.24\nRUN mkdir /lib64 && ln -s /lib/libc.musl-x86_64.so.1 /lib64/ld-linux-x86-64.so.2',
      ),
    },
    {
      name: 'the glibc stage only makes archives, and the image takes the musl build',
      files: programs.web,
      code: `FROM golang:1.26 AS archives
WORKDIR /src
COPY . .
RUN go build -o /app . && tar czf /app.tgz /app

FROM golang:1.26-alpine AS build
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM alpine:3.24
COPY --from=archives /app.tgz /
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
    },
    {
      name: 'scratch is the business of require-static-binary',
      files: programs.web,
      code: build('RUN go build -o /app .', 'scratch'),
    },
    {
      name: 'libc6-compat is installed',
      files: programs.web,
      code: build('RUN go build -o /app .', 'alpine:3.24\nRUN apk add libc6-compat'),
    },
    {
      name: 'an Alpine builder without a compiler makes static programs, which run on Debian',
      files: programs.web,
      code: build('RUN go build -o /app .', 'debian:trixie-slim', 'golang:1.26-alpine'),
    },
    {
      name: 'busybox does not say which libc it has',
      files: programs.web,
      code: build('RUN go build -o /app .', 'busybox:1.37'),
    },
  ],
  invalid: [
    {
      name: 'musl binary on distroless',
      files: programs.web,
      code: build(
        'RUN apk add build-base && go build -o /app .',
        'gcr.io/distroless/base-debian13',
        'golang:1.26-alpine',
        '«/app»',
      ),
      messages: ['/app is linked to musl, and gcr.io/distroless/base-debian13 has glibc: it will not start.'],
      fixed: build(
        'RUN apk add build-base && CGO_ENABLED=0 go build -o /app .',
        'gcr.io/distroless/base-debian13',
        'golang:1.26-alpine',
      ),
    },
    {
      name: 'glibc binary on Alpine',
      files: programs.web,
      code: build('RUN go build -o /app .', 'alpine:3.24', 'golang:1.26', '«/app»'),
      messages: ['/app is linked to glibc, and alpine:3.24 has musl: it will not start.'],
      fixed: build('RUN CGO_ENABLED=0 go build -o /app .', 'alpine:3.24'),
      fixes: [
        'Build with CGO_ENABLED=0',
        'Build on golang:1.26-alpine, with gcc and musl-dev',
        'Run on debian:trixie-slim, which has glibc',
      ],
      severity: 'error',
    },
    {
      name: 'a program that needs C is built on Alpine',
      files: programs.cgo,
      code: build('RUN go build -o /app .', 'alpine:3.24', 'golang:1.26', '«/app»'),
      messages: ['/app is linked to glibc, and alpine:3.24 has musl: it will not start.'],
      fixed: build('RUN apk add --no-cache gcc musl-dev\nRUN go build -o /app .', 'alpine:3.24', 'golang:1.26-alpine'),
    },
    {
      name: 'musl binary on Debian',
      files: programs.web,
      code: build(
        'RUN apk add gcc musl-dev && go build -o /app .',
        'debian:trixie-slim',
        'golang:1.26-alpine',
        '«/app»',
      ),
      messages: ['/app is linked to musl, and debian:trixie-slim has glibc: it will not start.'],
      fixed: build(
        'RUN apk add gcc musl-dev && CGO_ENABLED=0 go build -o /app .',
        'debian:trixie-slim',
        'golang:1.26-alpine',
      ),
    },
  ],
});
