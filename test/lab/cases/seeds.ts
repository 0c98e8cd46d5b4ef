import { type LabCase, type RuleCases, runFails, works } from '../case.ts';
import { commands } from './seeds/commands.ts';
import { file, hasModules, listedRules, repaired } from './seeds/lines.ts';
import { places } from './seeds/places.ts';
import { users } from './seeds/users.ts';

const ontoAlpine = ['FROM alpine:latest', 'RUN apk --no-cache add ca-certificates', 'WORKDIR /root/'];
const notStarted = runFails(1, /no such file or directory/);

const glibcOnAlpine: readonly LabCase[] = [
  {
    name: 'build all, copy one file to alpine:latest',
    project: 'module',
    dockerfile: file(
      'FROM golang:1.21 AS builder',
      'WORKDIR /app',
      'COPY . .',
      'RUN go build -o myapp .',
      ...ontoAlpine,
      'COPY --from=builder /app/myapp .',
      'CMD ["./myapp"]',
    ),
    reported: ['download-modules-first', 'match-libc', 'no-root-user', 'pin-base-image'],
    really: notStarted,
    fixed: repaired(/module cfbff0d1/),
  },
  {
    name: 'a file as the package, no certificates',
    project: 'web',
    dockerfile: file(
      'FROM golang:1.21 AS builder',
      'WORKDIR /app',
      'COPY . .',
      'RUN go build -o myapp main.go',
      'FROM alpine:latest',
      'WORKDIR /root/',
      'COPY --from=builder /app/myapp .',
      'CMD ["./myapp"]',
    ),
    reported: ['match-libc', 'no-root-user', 'pin-base-image'],
    really: notStarted,
    fixed: repaired(/web uid=/),
  },
  {
    name: 'a main package below cmd, a comment after the command',
    project: 'two-mains',
    dockerfile: file(
      'FROM golang:1.21 AS builder',
      'WORKDIR /app',
      'COPY . .',
      'RUN go build -o main ./cmd/server/main.go  # makes the binary',
      'FROM alpine:latest',
      'RUN apk --no-cache add ca-certificates',
      'COPY --from=builder /app/main /main',
      'CMD ["/main"]',
    ),
    reported: ['no-root-user', 'pin-base-image'],
    really: works(/server uid=0/),
    fixed: repaired(/server uid=/),
  },
];

const builtOnAlpine: readonly LabCase[] = [
  {
    name: 'modules first, alpine to alpine:latest',
    project: 'module',
    dockerfile: file(
      'FROM golang:1.22-alpine AS builder',
      'WORKDIR /app',
      'COPY go.mod go.sum ./',
      'RUN go mod download',
      'COPY . .',
      'RUN CGO_ENABLED=0 GOOS=linux go build -o myapp .',
      ...ontoAlpine,
      'COPY --from=builder /app/myapp .',
      'CMD ["./myapp"]',
    ),
    reported: ['no-root-user', 'pin-base-image'],
    really: hasModules,
    fixed: repaired(/module cfbff0d1/),
  },
  {
    name: 'one stage',
    project: 'hello',
    dockerfile: file(
      'FROM golang:1.19-alpine',
      'WORKDIR /build',
      'COPY go.mod .',
      'RUN go mod download',
      'COPY . .',
      'RUN go build -o /main main.go',
      'ENTRYPOINT ["/main"]',
    ),
    reported: ['no-root-user', 'prefer-multi-stage'],
    really: { kind: 'works', output: /hello uid=0/, megabytes: { above: 200 } },
    fixed: repaired(/hello uid=/, /^Copy the binary to/),
  },
  {
    name: 'a relative source of COPY --from',
    project: 'hello',
    dockerfile: file(
      'FROM golang:1.19-alpine as builder',
      'WORKDIR /build',
      'COPY go.mod .',
      'RUN go mod download',
      'COPY . .',
      'RUN go build -o /main main.go',
      '',
      'FROM alpine:3',
      'COPY --from=builder main /bin/main',
      'ENTRYPOINT ["/bin/main"]',
    ),
    reported: ['no-root-user'],
    really: works(/hello uid=0/),
    fixed: repaired(/hello uid=/),
  },
];

const ontoScratch: readonly LabCase[] = [
  {
    name: 'scratch with certificates of the builder',
    project: 'web',
    dockerfile: file(
      'FROM golang:1.22-alpine as builder',
      '',
      'WORKDIR /build',
      'COPY go.mod .',
      'RUN go mod download',
      'COPY . .',
      'RUN CGO_ENABLED=0 GOOS=linux go build -o /main main.go',
      '',
      'FROM scratch',
      'COPY --from=builder /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/',
      'COPY --from=builder main /bin/main',
      'ENTRYPOINT ["/bin/main"]',
    ),
    reported: ['no-root-user'],
    really: works(/web uid=0/),
    fixed: repaired(/web uid=/),
  },
  {
    name: 'flags of old times',
    project: 'module',
    dockerfile: file(
      'FROM golang:1.21 AS builder',
      'WORKDIR /app',
      'COPY . .',
      'RUN CGO_ENABLED=0 GOOS=linux go build -a -installsuffix cgo -o myapp .',
      'FROM scratch',
      'COPY --from=builder /app/myapp /myapp',
      'CMD ["/myapp"]',
    ),
    reported: ['download-modules-first', 'no-root-user'],
    really: hasModules,
    fixed: repaired(/module cfbff0d1/),
  },
  {
    name: 'one source file, to scratch',
    project: 'hello',
    dockerfile: file(
      'FROM golang:1.21 AS builder',
      'WORKDIR /src',
      'COPY main.go .',
      'RUN CGO_ENABLED=0 go build -o /app main.go',
      '',
      'FROM scratch',
      'COPY --from=builder /app /app',
      'CMD ["/app"]',
    ),
    reported: ['no-root-user'],
    really: works(/hello uid=0/),
    fixed: repaired(/hello uid=/),
  },
];

/** Dockerfiles as tutorials have them: all findings, what they do, and what they do when they are fixed. */
export const seeds: RuleCases = {
  rule: 'seeds',
  cases: [...glibcOnAlpine, ...builtOnAlpine, ...ontoScratch, ...users, ...commands, ...places].map((labCase) => ({
    ...labCase,
    among: listedRules,
  })),
};
