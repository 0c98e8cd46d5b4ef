import { type RuleCases, works } from '../case.ts';

export const preferMultiStage: RuleCases = {
  rule: 'prefer-multi-stage',
  cases: [
    {
      name: 'the toolchain is shipped',
      project: 'web',
      dockerfile: `FROM golang:1.26
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .
EXPOSE 8080
ENTRYPOINT ["/app"]
`,
      reported: true,
      really: { kind: 'works', output: /web uid=0/, megabytes: { above: 500 } },
      fixed: {
        title: /^Copy the binary to/,
        really: { kind: 'works', output: /web uid=65532/, megabytes: { below: 20 } },
      },
    },
    {
      name: 'cgo goes to an image with glibc',
      project: 'cgo',
      dockerfile: `FROM golang:1.26
WORKDIR /src
COPY . .
RUN go build -o /app .
CMD ["/app"]
`,
      reported: true,
      really: { kind: 'works', output: /cgo 42/, megabytes: { above: 500 } },
      fixed: {
        title: /^Copy the binary to/,
        really: { kind: 'works', output: /cgo 42/, megabytes: { below: 60 } },
      },
    },
    {
      name: 'time zones are there after the move',
      project: 'zone',
      dockerfile: `FROM golang:1.26
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .
CMD ["/app"]
`,
      reported: true,
      really: { kind: 'works', output: /zone 08:00/, megabytes: { above: 500 } },
      fixed: {
        title: /^Copy the binary to/,
        really: { kind: 'works', output: /zone 08:00/, megabytes: { below: 20 } },
      },
    },
    {
      name: 'the go command is what runs',
      project: 'hello',
      dockerfile: `FROM golang:1.26
WORKDIR /src
COPY . .
CMD ["go", "run", "."]
`,
      reported: false,
      really: works(/hello uid=/),
    },
    {
      name: 'two stages already',
      project: 'web',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: { kind: 'works', output: /web uid=65532/, megabytes: { below: 20 } },
    },
  ],
};
