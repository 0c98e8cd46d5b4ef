import { buildFails, type RuleCases, works } from '../case.ts';

const missing = (path: string): RegExp => new RegExp(`"${path}"[^\\n]*not found`);

export const copyBuiltFile: RuleCases = {
  rule: 'copy-built-file',
  cases: [
    {
      name: 'another name than -o gives',
      project: 'hello',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/server .

FROM scratch
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]
`,
      reported: true,
      really: buildFails(missing('/out/app')),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: 'without -o the binary has the name of the module, not of the folder',
      project: 'hello',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build

FROM scratch
COPY --from=build /app/app /app
ENTRYPOINT ["/app"]
`,
      reported: true,
      really: buildFails(missing('/app/app')),
      fixed: { really: works(/hello uid=/) },
    },
    {
      name: 'go install writes to /go/bin',
      project: 'two-mains',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go install ./cmd/server

FROM scratch
COPY --from=build /src/server /server
ENTRYPOINT ["/server"]
`,
      reported: true,
      really: buildFails(missing('/src/server')),
      fixed: { really: works(/server uid=/) },
    },
    {
      // What a cache mount hides is the matter of another rule; this one speaks of paths only.
      name: 'a cache mount takes the binary with it',
      project: 'hello',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/out CGO_ENABLED=0 go build -o /out/app .

FROM scratch
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: buildFails(missing('/out/app')),
    },
    {
      name: 'the name of the import path, without its major version',
      project: 'hello',
      files: { 'go.mod': 'module example.com/acme/tool/v2\n\ngo 1.19\n' },
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build

FROM scratch
COPY --from=build /src/tool /app
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: works(/hello uid=/),
    },
    {
      name: 'a folder as -o for two programs',
      project: 'two-mains',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/ ./...

FROM scratch
COPY --from=build /out/worker /app
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: works(/worker uid=/),
    },
    {
      name: 'a relative source is read from the root of the stage',
      project: 'hello',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /main main.go

FROM alpine:3.23
COPY --from=build main /bin/main
ENTRYPOINT ["/bin/main"]
`,
      reported: false,
      really: works(/hello uid=/),
    },
    {
      name: 'moved by a later command',
      project: 'hello',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /tmp/server . && mv /tmp/server /srv/app

FROM scratch
COPY --from=build /srv/app /app
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: works(/hello uid=/),
    },
  ],
};
