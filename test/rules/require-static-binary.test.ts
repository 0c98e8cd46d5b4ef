import { requireStaticBinary } from '../../server/analysis/rules/require-static-binary.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const build = (
  command: string,
  base = 'scratch',
  builder = 'golang:1.26',
  copy = '/app',
): string => `FROM ${builder} AS build
WORKDIR /src
COPY . .
${command}

FROM ${base}
COPY --from=build ${copy} /app
ENTRYPOINT ["/app"]
`;

testRule(requireStaticBinary, {
  valid: [
    { name: 'cgo is off by prefix', files: programs.web, code: build('RUN CGO_ENABLED=0 go build -o /app .') },
    { name: 'cgo is off by ENV', files: programs.web, code: build('ENV CGO_ENABLED=0\nRUN go build -o /app .') },
    { name: 'cgo is off by ARG', files: programs.web, code: build('ARG CGO_ENABLED=0\nRUN go build -o /app .') },
    {
      name: 'cgo is off by export',
      files: programs.web,
      code: build('RUN export CGO_ENABLED=0 && go build -o /app .'),
    },
    {
      name: 'cgo is off by go env -w of an earlier RUN',
      files: programs.web,
      code: build('RUN go env -w CGO_ENABLED=0\nRUN go build -o /app .'),
    },
    { name: 'the program imports only fmt', files: programs.hello, code: build('RUN go build -o /app .') },
    {
      name: 'no C compiler in the builder',
      files: programs.web,
      code: build('RUN go build -o /app .', 'scratch', 'golang:1.26-alpine'),
    },
    {
      name: 'pure Go resolver and user lookup',
      files: programs.web,
      code: build('RUN go build -tags netgo,osusergo -o /app .'),
    },
    {
      name: 'the same, of a program whose other modules are not known',
      files: programs.stranger,
      code: build(`RUN go build -tags netgo,osusergo -ldflags "-extldflags '-static'" -o /app .`),
    },
    {
      name: 'external static link',
      files: programs.web,
      code: build(`RUN go build -tags netgo,osusergo -ldflags '-linkmode external -extldflags "-static"' -o /app .`),
    },
    { name: 'the base has glibc', files: programs.web, code: build('RUN go build -o /app .', 'debian:trixie-slim') },
    { name: 'the base is not known', files: programs.web, code: build('RUN go build -o /app .', 'example.org/base:1') },
    {
      name: 'the builder is not known',
      files: programs.web,
      code: build('RUN go build -o /app .', 'scratch', 'corp/go:1'),
    },
    {
      name: 'a script may have replaced the binary',
      files: programs.web,
      code: build('RUN go build -o /app . && ./x.sh'),
    },
    { name: 'make builds it', files: programs.web, code: build('RUN make build') },
    {
      name: 'the loader is copied as well',
      files: programs.web,
      code: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN go build -o /app .

FROM scratch
COPY --from=build /lib64 /lib64
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
    },
    {
      name: 'the stage is only for tests',
      files: programs.web,
      code: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN go build -o /app . && CGO_ENABLED=0 go build -o /static .

FROM scratch AS test
COPY --from=build /app /app
ENTRYPOINT ["/app"]

FROM scratch
COPY --from=build /static /app
ENTRYPOINT ["/app"]
`,
    },
    {
      name: 'cross-compiled',
      files: programs.web,
      code: build('ARG GOARCH\nRUN GOOS=windows go build -o /app .'),
    },
    {
      name: 'the name of the stage may be another image',
      files: programs.web,
      code: 'FROM scratch\nCOPY --from=builder /app /app\nENTRYPOINT ["/app"]\n',
    },
    {
      name: 'the binary comes from another image',
      files: programs.web,
      code: 'FROM golang:1.26 AS build\nRUN go version\n\nFROM scratch\nCOPY --from=example.org/app /app /app\nENTRYPOINT ["/app"]\n',
    },
    {
      name: 'the flags of the build are in a variable',
      files: programs.web,
      code: build('ARG FLAGS\nRUN go build $FLAGS -o /app .'),
    },
    {
      name: 'cgo is off by env',
      files: programs.web,
      code: build('RUN env CGO_ENABLED=0 go build -o /app .'),
    },
    {
      name: 'a stage called base in between',
      files: programs.web,
      code: 'FROM golang:1.26 AS base\nENV CGO_ENABLED=0\nWORKDIR /src\n\nFROM base AS build\nCOPY . .\nRUN go build -o /app\n\nFROM scratch\nCOPY --from=build /app /app\n',
    },
  ],
  invalid: [
    {
      name: 'static for other architectures, and not for the builder’s own',
      files: programs.web,
      code: build(
        'ARG TARGETARCH\nRUN GOARCH=$TARGETARCH go build -o /app .',
        'scratch',
        '--platform=$BUILDPLATFORM golang:1.26',
        '«/app»',
      ),
      messages: ['/app is probably linked to glibc, which scratch does not have: it would not start.'],
      fixed: build(
        'ARG TARGETARCH\nRUN GOARCH=$TARGETARCH CGO_ENABLED=0 go build -o /app .',
        'scratch',
        '--platform=$BUILDPLATFORM golang:1.26',
      ),
      severity: 'warning',
    },
    {
      name: 'a variable that is not exported does not reach go',
      files: programs.web,
      code: build('RUN CGO_ENABLED=0; go build -o /app .', 'scratch', 'golang:1.26', '«/app»'),
      messages: ['/app is linked to glibc, which scratch does not have: it will not start.'],
      fixed: build('RUN CGO_ENABLED=0; CGO_ENABLED=0 go build -o /app .'),
      severity: 'error',
    },
    {
      name: 'below a stage called base',
      files: programs.web,
      code: 'FROM golang:1.26 AS base\nWORKDIR /src\n\nFROM base AS build\nCOPY . .\nRUN go build -o /app\n\nFROM scratch\nCOPY --from=build «/app» /app\n',
      messages: ['/app is linked to glibc, which scratch does not have: it will not start.'],
      fixed:
        'FROM golang:1.26 AS base\nWORKDIR /src\n\nFROM base AS build\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app\n\nFROM scratch\nCOPY --from=build /app /app\n',
    },
    {
      name: 'net/http on a glibc builder',
      files: programs.web,
      code: build('RUN go build -o /app .', 'scratch', 'golang:1.26', '«/app»'),
      messages: ['/app is linked to glibc, which scratch does not have: it will not start.'],
      fixed: build('RUN CGO_ENABLED=0 go build -o /app .'),
      severity: 'error',
    },
    {
      name: 'distroless/static has no libc either, and the output is named by the module',
      files: programs.web,
      code: build(
        'RUN GOOS=linux go build',
        'gcr.io/distroless/static-debian13:nonroot',
        'golang:1.26-bookworm',
        '«/src/app»',
      ),
      messages: [
        '/src/app is linked to glibc, which gcr.io/distroless/static-debian13:nonroot does not have: it will not start.',
      ],
      fixed: build(
        'RUN GOOS=linux CGO_ENABLED=0 go build',
        'gcr.io/distroless/static-debian13:nonroot',
        'golang:1.26-bookworm',
        '/src/app',
      ),
      fixes: ['Build with CGO_ENABLED=0', 'Run on gcr.io/distroless/base-debian13:nonroot, which has glibc'],
    },
    {
      name: 'cgo is switched on by ENV',
      files: programs.web,
      code: build('ENV CGO_ENABLED=1\nRUN go build -o /app .', 'scratch', 'golang:1.26', '«/app»'),
      messages: ['/app is linked to glibc, which scratch does not have: it will not start.'],
      fixed: build('ENV CGO_ENABLED=0\nRUN go build -o /app .'),
    },
    {
      name: '-extldflags alone does not make a net program static',
      files: programs.web,
      code: build(`RUN go build -ldflags '-extldflags "-static"' -o /app .`, 'scratch', 'golang:1.26', '«/app»'),
      messages: ['/app is linked to glibc, which scratch does not have: it will not start.'],
      fixed: build(`RUN CGO_ENABLED=0 go build -ldflags '-extldflags "-static"' -o /app .`),
    },
    {
      name: 'Alpine with gcc',
      files: programs.web,
      code: build(
        'RUN apk add --no-cache gcc musl-dev\nRUN go build -o /app .',
        'scratch',
        'golang:1.26-alpine',
        '«/app»',
      ),
      messages: ['/app is linked to musl, which scratch does not have: it will not start.'],
      fixed: build(
        'RUN apk add --no-cache gcc musl-dev\nRUN CGO_ENABLED=0 go build -o /app .',
        'scratch',
        'golang:1.26-alpine',
      ),
    },
    {
      name: 'a program that needs C gets another base',
      files: programs.cgo,
      code: build('RUN go build -o /app .', 'scratch', 'golang:1.26', '«/app»'),
      messages: ['/app is linked to glibc, which scratch does not have: it will not start.'],
      fixed: build('RUN go build -o /app .', 'gcr.io/distroless/base-debian13:latest'),
    },
    {
      name: 'imports that cannot be read to the end make it a warning',
      files: programs.stranger,
      code: build('RUN go build -o /app .', 'scratch', 'golang:1.26', '«/app»'),
      messages: ['/app is probably linked to glibc, which scratch does not have: it would not start.'],
      fixed: build('RUN CGO_ENABLED=0 go build -o /app .'),
      severity: 'warning',
    },
    {
      name: 'the binary travels through a stage and a folder',
      files: programs.web,
      code: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN mkdir -p /out && go build -o /out/ ./...

FROM build AS packed
RUN mv /out/app /out/server

FROM scratch
COPY --from=packed «/out/» /
ENTRYPOINT ["/server"]
`,
      messages: ['/out/app is linked to glibc, which scratch does not have: it will not start.'],
      fixed: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN mkdir -p /out && CGO_ENABLED=0 go build -o /out/ ./...

FROM build AS packed
RUN mv /out/app /out/server

FROM scratch
COPY --from=packed /out/ /
ENTRYPOINT ["/server"]
`,
    },
    {
      name: 'in a heredoc, through continuation lines',
      files: programs.web,
      code: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN <<EOF
set -e
go build \\
  -o /app .
EOF

FROM scratch
COPY --chown=1:1 --from=build «/app» /app
ENTRYPOINT ["/app"]
`,
      messages: ['/app is linked to glibc, which scratch does not have: it will not start.'],
      fixed: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN <<EOF
set -e
CGO_ENABLED=0 go build \\
  -o /app .
EOF

FROM scratch
COPY --chown=1:1 --from=build /app /app
ENTRYPOINT ["/app"]
`,
    },
  ],
});
