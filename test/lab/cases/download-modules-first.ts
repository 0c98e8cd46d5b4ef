import type { RuleCases } from '../case.ts';

const edit = 'main.go';

export const downloadModulesFirst: RuleCases = {
  rule: 'download-modules-first',
  cases: [
    {
      name: 'sources before the download',
      project: 'module',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN go mod download
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: true,
      really: { kind: 'downloads again', edit },
      fixed: { really: { kind: 'keeps modules', edit } },
    },
    {
      name: 'no download of its own, build after COPY',
      project: 'module',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: true,
      really: { kind: 'downloads again', edit },
      fixed: { really: { kind: 'keeps modules', edit } },
    },
    {
      name: 'go.mod and go.sum first',
      project: 'module',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: { kind: 'keeps modules', edit },
    },
    {
      name: 'nothing to download',
      project: 'hello',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: { kind: 'keeps modules', edit },
    },
  ],
};
