import { buildFails, type RuleCases, runFails, works } from '../case.ts';

const onto = (command: string, base = 'scratch'): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
${command}

FROM ${base}
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`;
const missing = /exec \/app: no such file or directory/;

export const noDynamicBuildMode: RuleCases = {
  rule: 'no-dynamic-build-mode',
  cases: [
    {
      name: 'pie without cgo into scratch',
      project: 'hello',
      dockerfile: onto('RUN CGO_ENABLED=0 go build -buildmode=pie -o /app .'),
      reported: true,
      really: runFails(1, missing),
      fixed: { really: works(/hello uid=65532/) },
    },
    {
      name: 'the race detector without cgo',
      project: 'hello',
      dockerfile: onto('RUN CGO_ENABLED=0 go build -race -o /app .'),
      reported: true,
      really: buildFails(/-race requires cgo/),
      fixed: { really: works(/hello uid=65532/) },
    },
    {
      name: 'tests with the race detector without cgo',
      project: 'hello',
      dockerfile: onto('ENV CGO_ENABLED=0\nRUN go test -race ./... && go build -o /app .'),
      reported: true,
      really: buildFails(/-race requires cgo/),
      fixed: { title: /Leave -race out/, really: works(/hello uid=65532/) },
    },
    {
      name: 'tests with the race detector and cgo',
      project: 'hello',
      dockerfile: onto('RUN go test -race ./... && CGO_ENABLED=0 go build -o /app .'),
      reported: false,
      really: works(/hello uid=65532/),
    },
    {
      name: 'the race detector in scratch',
      project: 'hello',
      dockerfile: onto('RUN go build -race -o /app .'),
      reported: true,
      really: runFails(1, missing),
      fixed: { really: works(/hello uid=65532/) },
    },
    {
      name: 'pie on the libc it was linked to',
      project: 'hello',
      dockerfile: onto(
        'RUN CGO_ENABLED=0 go build -buildmode=pie -o /app .',
        'gcr.io/distroless/base-debian13:nonroot',
      ),
      reported: false,
      really: works(/hello uid=65532/),
    },
  ],
};
