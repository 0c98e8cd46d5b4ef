/** Files for the comparison: what others would write for a program, and what nobody should. Written after descriptions of them. */
export interface Template {
  readonly name: string;
  readonly dockerfile: (image: string) => string;
}

/** One stage, sources first: what the first tutorial shows. */
const naive: Template = {
  name: 'one stage',
  dockerfile: (image) => `FROM ${image}
WORKDIR /src
COPY . .
RUN go build -o /app .
ENTRYPOINT ["/app"]
`,
};

/** As \`docker init\` writes for Go: bind mounts, a module cache, the root package, alpine with a user by name. */
const dockerInit: Template = {
  name: 'docker init',
  dockerfile: (image) => `FROM --platform=$BUILDPLATFORM ${image} AS build
WORKDIR /src
RUN --mount=type=cache,target=/go/pkg/mod/ \\
    --mount=type=bind,source=go.mod,target=go.mod \\
    go mod download -x
ARG TARGETARCH
RUN --mount=type=cache,target=/go/pkg/mod/ \\
    --mount=type=bind,target=. \\
    CGO_ENABLED=0 GOARCH=$TARGETARCH go build -o /bin/server .

FROM alpine:latest AS final
RUN apk --no-cache add ca-certificates tzdata
ARG UID=10001
RUN adduser -D -H -u "\${UID}" appuser
USER appuser
COPY --from=build /bin/server /bin/
EXPOSE 8080
ENTRYPOINT ["/bin/server"]
`,
};

/** As Container Tools scaffolds for Go: every package into one file, alpine, root, shell form. */
const containerTools: Template = {
  name: 'Container Tools',
  dockerfile: (image) => `FROM ${image} AS builder
WORKDIR /go/src/app
COPY . .
RUN go build -o /go/bin/app -v ./...

FROM alpine:latest
RUN apk --no-cache add ca-certificates
COPY --from=builder /go/bin/app /app
ENTRYPOINT /app
LABEL Name=app Version=0.0.1
EXPOSE 3000
`,
};

export const templates: readonly Template[] = [naive, dockerInit, containerTools];

const seedBuild = (flags: string): string => `FROM golang:1.19-alpine AS builder
WORKDIR /build
COPY go.mod .
RUN go mod download
COPY . .
RUN ${flags}go build -o /main main.go
`;

/** The three files of the tutorial that promises 359 MB, 12 MB and 6.66 MB. */
export const headline: readonly (readonly [name: string, said: string, dockerfile: string])[] = [
  ['one stage, golang:1.19-alpine', '359 MB', `${seedBuild('').replace(' AS builder', '')}ENTRYPOINT ["/main"]\n`],
  [
    'two stages, alpine:3',
    '12 MB',
    `${seedBuild('')}\nFROM alpine:3\nCOPY --from=builder main /bin/main\nENTRYPOINT ["/bin/main"]\n`,
  ],
  [
    'two stages, scratch',
    '6.66 MB',
    `${seedBuild('CGO_ENABLED=0 GOOS=linux ')}\nFROM scratch\nCOPY --from=builder /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCOPY --from=builder main /bin/main\nENTRYPOINT ["/bin/main"]\n`,
  ],
];
