import { matchTargetOs } from '../../server/analysis/rules/match-target-os.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const files = programs.hello;
const build = (
  command: string,
  base = 'scratch',
  start = 'ENTRYPOINT ["/app"]',
  path = '/app',
): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
${command}

FROM ${base}
COPY --from=build ${path} ${path}
${start}
`;
const darwin = 'RUN GOOS=darwin go build -o /app .';

testRule(matchTargetOs, {
  valid: [
    { name: 'GOOS=linux', files, code: build('RUN GOOS=linux go build -o /app .') },
    { name: 'no GOOS', files, code: build('RUN go build -o /app .') },
    { name: 'the system of the target', files, code: build('ARG TARGETOS\nRUN GOOS=$TARGETOS go build -o /app .') },
    { name: 'GOOS without a default', files, code: build('ARG GOOS\nRUN go build -o /app .') },
    { name: 'only carried', files, code: build('RUN GOOS=windows go build -o /app.exe .', 'scratch', '', '/app.exe') },
    { name: 'WebAssembly', files, code: build('RUN GOOS=wasip1 GOARCH=wasm go build -o /app .') },
    { name: 'another platform', files, code: build(darwin, '--platform=$TARGETPLATFORM scratch') },
    { name: 'an image nobody described', files, code: build(darwin, 'example.com/base:1') },
    { name: 'a Windows image', files, code: build(darwin, 'mcr.microsoft.com/windows/nanoserver:ltsc2025') },
    { name: 'started by another program', files, code: build(darwin, 'debian:trixie-slim', 'CMD ["wine", "/app"]') },
    { name: 'in one of two builds', files, code: build('RUN GOOS=darwin go build -o /mac . && go build -o /app .') },
    {
      name: 'built for several systems in a loop',
      files,
      code: build('RUN for os in linux darwin; do GOOS=$os go build -o /app .; done'),
    },
    { name: 'a development stage', files, code: build(darwin, 'scratch AS dev') },
  ],
  invalid: [
    {
      name: 'GOOS=darwin into scratch',
      files,
      code: build('RUN CGO_ENABLED=0 GOOS=«darwin» go build -o /app .'),
      messages: ['/app is built for darwin, and scratch is a Linux image: it will not start.'],
      fixed: build('RUN CGO_ENABLED=0 GOOS=linux go build -o /app .'),
      severity: 'error',
      related: ['The container starts it here.'],
    },
    {
      name: 'GOOS=windows by ENV, output named by go',
      files,
      code: build(
        'ENV GOOS=«windows» GOARCH=amd64\nRUN go build',
        '--platform=linux/amd64 alpine:3.24',
        'CMD ["/src/app.exe"]',
        '/src/app.exe',
      ),
      messages: ['/src/app.exe is built for windows, and alpine:3.24 is a Linux image: it will not start.'],
      fixed: build(
        'ENV GOOS=linux GOARCH=amd64\nRUN go build',
        '--platform=linux/amd64 alpine:3.24',
        'CMD ["/src/app.exe"]',
        '/src/app.exe',
      ),
    },
    {
      name: 'by export',
      files,
      code: build('RUN export GOOS=freebsd && «go build» -o /app .'),
      messages: ['/app is built for freebsd, and scratch is a Linux image: it will not start.'],
    },
    {
      name: 'by the default of an ARG',
      files,
      code: build('ARG GOOS=«darwin»\nRUN go build -o /app .'),
      messages: ['/app is built for darwin, and scratch is a Linux image: it will not start.'],
      fixed: build('ARG GOOS=linux\nRUN go build -o /app .'),
    },
  ],
});
