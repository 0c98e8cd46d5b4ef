import { type RuleCases, runFails, works } from '../case.ts';

export const matchLibc: RuleCases = {
  rule: 'match-libc',
  cases: [
    {
      name: 'glibc binary on Alpine',
      project: 'web',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM alpine:3.23
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: true,
      really: runFails(1, /exec \/app: no such file or directory/),
      fixed: { really: works(/web uid=0/) },
    },
    {
      name: 'cgo for Alpine, built on Alpine instead',
      project: 'cgo',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM alpine:3.23
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: true,
      really: runFails(1, /exec \/app: no such file or directory/),
      fixed: { title: /gcc and musl-dev/, really: works(/cgo 42/) },
    },
    {
      name: 'musl binary on Debian',
      project: 'web',
      dockerfile: `FROM golang:1.26-alpine AS build
RUN apk add --no-cache gcc musl-dev
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM debian:trixie-slim
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: true,
      really: runFails(1, /exec \/app: no such file or directory/),
      fixed: { really: works(/web uid=0/) },
    },
    {
      name: 'musl binary on Alpine',
      project: 'cgo',
      dockerfile: `FROM golang:1.26-alpine AS build
RUN apk add --no-cache gcc musl-dev
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM alpine:3.23
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: works(/cgo 42/),
    },
    {
      name: 'glibc binary on Debian',
      project: 'cgo',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM debian:trixie-slim
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: works(/cgo 42/),
    },
    {
      name: 'static binary on Alpine',
      project: 'hello',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM alpine:3.23
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: works(/hello uid=0/),
    },
  ],
};
