import { type RuleCases, runFails, works } from '../case.ts';

export const noRootUser: RuleCases = {
  rule: 'no-root-user',
  cases: [
    {
      name: 'scratch runs as root',
      project: 'hello',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: true,
      really: works(/uid=0 /),
      fixed: { title: /65532/, really: works(/uid=65532 /) },
    },
    {
      name: 'Alpine runs as root',
      project: 'hello',
      dockerfile: `FROM golang:1.26-alpine AS build
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM alpine:3.23
WORKDIR /srv
COPY --from=build /app .
CMD ["./app"]
`,
      reported: true,
      really: works(/uid=0 /),
      fixed: { title: /65532/, really: works(/uid=65532 /) },
    },
    {
      name: 'a program in /root moves with its user',
      project: 'hello',
      dockerfile: `FROM golang:1.26-alpine AS build
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM alpine:3.23
WORKDIR /root/
COPY --from=build /app .
CMD ["./app"]
`,
      reported: true,
      really: works(/uid=0 /),
      fixed: { title: /instead of \/root/, really: works(/uid=65532 /) },
    },
    {
      name: 'distroless has a tag that does not',
      project: 'hello',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM gcr.io/distroless/static-debian13
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: true,
      really: works(/uid=0 /),
      fixed: { title: /nonroot/, really: works(/uid=65532 /) },
    },
    {
      name: 'nonroot tag',
      project: 'hello',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: works(/uid=65532 /),
    },
    {
      name: 'a user made with adduser',
      project: 'hello',
      dockerfile: `FROM golang:1.26-alpine AS build
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM alpine:3.23
RUN adduser -D -u 10001 app
COPY --from=build /app /app
USER app
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: works(/uid=10001 /),
    },
    {
      name: 'a number, because scratch has no names',
      project: 'hello',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
USER nonroot
ENTRYPOINT ["/app"]
`,
      reported: false,
      really: runFails(125, /unable to find user nonroot/),
    },
    {
      name: 'on the PATH in /root, which nobody else may enter',
      project: 'hello',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/app .

FROM alpine:3.24
ENV PATH=/root/bin:$PATH
COPY --from=build /out/app /root/bin/app
CMD ["app"]
`,
      reported: true,
      really: works(/uid=0 /),
    },
    {
      name: 'with a user of its own',
      project: 'hello',
      dockerfile: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/app .

FROM alpine:3.24
ENV PATH=/root/bin:$PATH
COPY --from=build /out/app /root/bin/app
USER 65532:65532
CMD ["app"]
`,
      reported: false,
      really: runFails(127, /exec: "app": executable file not found in \$PATH/),
    },
  ],
};
