import { type RuleCases, works } from '../case.ts';

export const pinBaseImage: RuleCases = {
  rule: 'pin-base-image',
  cases: [
    {
      name: 'golang:latest becomes another Go',
      project: 'hello',
      files: { 'go.mod': 'module example.com/hello\n\ngo 1.26\n' },
      dockerfile: `FROM golang:latest AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: true,
      really: { kind: 'drifts', moves: 'golang:latest', from: 'golang:1.26', to: 'golang:1.27' },
      fixed: {
        title: /^Pin to golang:/,
        really: { kind: 'stays', moves: 'golang:latest', from: 'golang:1.26', to: 'golang:1.27' },
      },
    },
    {
      name: 'a tag with a version stays',
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
      really: { kind: 'stays', moves: 'golang:latest', from: 'golang:1.26', to: 'golang:1.27' },
    },
    {
      name: 'alpine without a tag',
      project: 'hello',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM alpine
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: true,
      really: works(/hello uid=0/),
      fixed: { title: /^Pin to alpine:/, really: works(/hello uid=0/) },
    },
  ],
};
