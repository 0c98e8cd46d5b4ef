import { buildFails, type RuleCases, runFails, works } from '../case.ts';

const missing = /exec \/app: no such file or directory/;

export const requireStaticBinary: RuleCases = {
  rule: 'require-static-binary',
  cases: [
    {
      name: 'net/http from a glibc builder in scratch',
      project: 'web',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: true,
      really: runFails(1, missing),
      fixed: { really: works(/web uid=0/) },
    },
    {
      name: 'os/user in distroless static',
      project: 'user',
      dockerfile: `FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: true,
      really: runFails(1, missing),
      fixed: { really: works(/user uid=65532/) },
    },
    {
      name: 'extldflags without external linking does not help',
      project: 'web',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=1 go build -ldflags '-extldflags "-static"' -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: true,
      really: runFails(1, missing),
      fixed: { really: works(/web uid=0/) },
    },
    {
      name: 'cgo itself in distroless static, moved to one with glibc',
      project: 'cgo',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: true,
      really: runFails(1, missing),
      fixed: { title: /which has glibc/, really: works(/cgo 42/) },
    },
    {
      name: 'fmt alone is static with cgo on',
      project: 'hello',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: works(/hello uid=0/),
    },
    {
      name: 'no C compiler in golang alpine, so static',
      project: 'web',
      dockerfile: `FROM golang:1.26-alpine AS build
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: works(/web uid=0/),
    },
    {
      name: 'static by tags',
      project: 'web',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN go build -tags netgo,osusergo -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: works(/web uid=0/),
    },
    {
      name: 'static by external linking',
      project: 'web',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN go build -ldflags '-linkmode external -extldflags "-static"' -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: works(/web uid=0/),
    },
    {
      name: 'CGO_ENABLED=0 in ENV of an earlier stage',
      project: 'web',
      dockerfile: `FROM golang:1.26 AS base
ENV CGO_ENABLED=0

FROM base AS build
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: works(/web uid=0/),
    },
    {
      name: 'cgo that needs a compiler fails in the build, not in the image',
      project: 'cgo',
      dockerfile: `FROM golang:1.26-alpine AS build
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: buildFails(/build constraints exclude all Go files/),
    },
  ],
};
