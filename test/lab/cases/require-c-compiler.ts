import { buildFails, type RuleCases, works } from '../case.ts';

const onto = (command: string, builder = 'golang:1.26-alpine'): string => `FROM ${builder} AS build
WORKDIR /src
COPY . .
${command}

FROM alpine:3.24
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`;
const noCompiler = /C compiler "gcc" not found|"gcc": executable file not found/;

export const requireCCompiler: RuleCases = {
  rule: 'require-c-compiler',
  cases: [
    {
      name: 'net/http with cgo on, in golang alpine',
      project: 'web',
      dockerfile: onto('RUN CGO_ENABLED=1 go build -o /app .'),
      reported: true,
      really: buildFails(noCompiler),
      fixed: { really: works(/web uid=65532/) },
    },
    {
      name: 'C of its own, cgo off by default',
      project: 'cgo',
      dockerfile: onto('RUN go build -o /app .'),
      reported: true,
      really: buildFails(/build constraints exclude all Go files/),
      fixed: { title: /Install a C compiler/, really: works(/cgo 42/) },
    },
    {
      name: 'the race detector, cgo off by default',
      project: 'hello',
      dockerfile: onto('RUN go build -race -o /app .'),
      reported: true,
      really: buildFails(/-race requires cgo/),
      fixed: [
        { really: works(/hello uid=65532/) },
        { title: /Install a C compiler/, really: works(/hello uid=65532/) },
      ],
    },
    {
      name: 'tests with the race detector',
      project: 'hello',
      dockerfile: onto('RUN go test -race ./... && go build -o /app .'),
      reported: true,
      really: buildFails(/-race requires cgo/),
      fixed: { title: /Leave -race out/, really: works(/hello uid=65532/) },
    },
    {
      name: 'an external link, cgo off by default',
      project: 'web',
      dockerfile: onto(`RUN go build -ldflags '-s -linkmode external -extldflags "-static"' -o /app .`),
      reported: true,
      really: buildFails(/-linkmode requires external \(cgo\) linking, but cgo is not enabled/),
      fixed: [
        { title: /Leave -linkmode external out/, really: works(/web uid=65532/) },
        { title: /Install a C compiler/, really: works(/web uid=65532/) },
      ],
    },
    {
      name: 'fmt alone needs none',
      project: 'hello',
      dockerfile: onto('RUN CGO_ENABLED=1 go build -o /app .'),
      reported: false,
      really: works(/hello uid=65532/),
    },
    {
      name: 'installed',
      project: 'cgo',
      dockerfile: onto('RUN apk add --no-cache gcc musl-dev\nRUN CGO_ENABLED=1 go build -o /app .'),
      reported: false,
      really: works(/cgo 42/),
    },
  ],
};
