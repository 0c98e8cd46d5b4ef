import { noDynamicBuildMode } from '../../server/analysis/rules/no-dynamic-build-mode.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const files = programs.hello;
const build = (command: string, base = 'scratch', builder = 'golang:1.26'): string => `FROM ${builder} AS build
WORKDIR /src
COPY . .
${command}

FROM ${base}
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;
const missing = (flag: string, libc: string, image: string): string =>
  `${flag} makes the program ask for the loader of ${libc}, which ${image} does not have: it will not start.`;

testRule(noDynamicBuildMode, {
  valid: [
    { name: 'no flag', files, code: build('RUN go build -o /app .') },
    { name: '-buildmode=exe', files, code: build('RUN go build -buildmode=exe -o /app .') },
    {
      name: 'pie on the libc it is linked to',
      files,
      code: build('RUN go build -buildmode=pie -o /app .', 'debian:trixie-slim'),
    },
    {
      name: 'static pie',
      files,
      code: build(`RUN go build -buildmode=pie -ldflags '-linkmode external -extldflags "-static-pie"' -o /app .`),
    },
    { name: '-race=false', files, code: build('RUN go build -race=false -o /app .') },
    { name: 'go test -race', files, code: build('RUN go test -race ./... && CGO_ENABLED=0 go build -o /app .') },
    {
      name: 'the race detector in a test image',
      files,
      code: build('RUN go build -race -o /app .', 'debian:trixie-slim AS test'),
    },
    { name: 'not copied', files, code: build('RUN go build -race -o /race . && go build -o /app .') },
    {
      name: 'a base nobody described',
      files,
      code: build('RUN go build -buildmode=pie -o /app .', 'example.com/base:1'),
    },
    {
      name: 'a loader copied along',
      files,
      code: build('RUN go build -buildmode=pie -o /app .', 'scratch\nCOPY --from=build /lib64 /lib64'),
    },
    { name: 'a variable mode', files, code: build('ARG MODE\nRUN go build -buildmode=$MODE -o /app .') },
    {
      name: '-race may fail without cgo',
      files,
      code: build('RUN CGO_ENABLED=0 go build -race -o /app . || go build -o /app .'),
    },
    {
      name: 'tests with the race detector and cgo',
      files,
      code: build('RUN go test -race ./...\nRUN CGO_ENABLED=0 go build -o /app .'),
    },
    {
      name: 'a variable that may take it back',
      files,
      code: build('ARG FLAGS\nRUN CGO_ENABLED=0 go build -race $FLAGS -o /app .'),
    },
    {
      name: 'the system of another machine, where it needs no cgo',
      files,
      code: build('RUN CGO_ENABLED=0 GOOS=darwin go build -race -o /race . && CGO_ENABLED=0 go build -o /app .'),
    },
    { name: 'a plugin', files, code: build('RUN go build -buildmode=plugin -o /app .') },
  ],
  invalid: [
    {
      name: 'pie without cgo into scratch',
      files,
      code: build('RUN CGO_ENABLED=0 go build «-buildmode=pie» -o /app .'),
      messages: [missing('-buildmode=pie', 'glibc', 'scratch')],
      fixed: build('RUN CGO_ENABLED=0 go build -o /app .'),
      severity: 'error',
    },
    {
      name: 'in two words, on a line of its own',
      files,
      code: build('RUN go build \\\n    «-buildmode pie» \\\n    -o /app .', 'alpine:3.24'),
      messages: [missing('-buildmode pie', 'glibc', 'alpine:3.24')],
      fixed: build('RUN go build \\\n    -o /app .', 'alpine:3.24'),
    },
    {
      name: '-race into distroless static',
      files,
      code: build('RUN CGO_ENABLED=1 go build -o /app «-race» .', 'gcr.io/distroless/static-debian13:nonroot'),
      messages: [missing('-race', 'glibc', 'gcr.io/distroless/static-debian13:nonroot')],
      fixed: build('RUN CGO_ENABLED=1 go build -o /app .', 'gcr.io/distroless/static-debian13:nonroot'),
    },
    {
      name: '-race in a shipped image that has the libc',
      files,
      code: build('RUN go build «-race» -o /app .', 'debian:trixie-slim'),
      messages: ['-race leaves the race detector in the program that debian:trixie-slim ships.'],
      fixed: build('RUN go build -o /app .', 'debian:trixie-slim'),
      severity: 'warning',
    },
    {
      name: '-race without cgo',
      files,
      code: build('ENV CGO_ENABLED=0\nRUN go build «-race» -o /app .'),
      messages: ['-race needs cgo, which CGO_ENABLED=0 turns off: go build stops with "-race requires cgo".'],
      fixed: build('ENV CGO_ENABLED=0\nRUN go build -o /app .'),
      severity: 'error',
    },
    {
      name: 'tests with the race detector, without cgo',
      files,
      code: build('RUN CGO_ENABLED=0 go test «-race» ./... && CGO_ENABLED=0 go build -o /app .'),
      messages: ['-race needs cgo, which CGO_ENABLED=0 turns off: go test stops with "-race requires cgo".'],
      fixed: build('RUN CGO_ENABLED=0 go test ./... && CGO_ENABLED=0 go build -o /app .'),
      severity: 'error',
    },
    {
      name: 'the address sanitizer without cgo',
      files,
      code: build('RUN CGO_ENABLED=0 go build «-asan» -o /app .'),
      messages: ['-asan needs cgo, which CGO_ENABLED=0 turns off: go build stops with "-asan requires cgo".'],
      fixed: build('RUN CGO_ENABLED=0 go build -o /app .'),
    },
    {
      name: 'one build, two images',
      files,
      code: `${build('RUN CGO_ENABLED=0 go build «-buildmode=pie» -o /app .')}\nFROM scratch AS other\nCOPY --from=build /app /\n`,
      messages: [missing('-buildmode=pie', 'glibc', 'scratch')],
      fixed: `${build('RUN CGO_ENABLED=0 go build -o /app .')}\nFROM scratch AS other\nCOPY --from=build /app /\n`,
    },
  ],
});
