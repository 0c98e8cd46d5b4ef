import { noHardcodedGoarch } from '../../server/analysis/rules/no-hardcoded-goarch.ts';
import { testRule } from '../support/test-rule.ts';

const built = (lines: string, from = 'FROM golang:1.26 AS build', last = 'FROM scratch'): string => `${from}
WORKDIR /src
COPY . .
${lines}

${last}
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;
const says = (arch: string): string => `The program is for ${arch} whatever platform the image is for.`;

testRule(noHardcodedGoarch, {
  valid: [
    {
      name: 'an image for tests',
      files: { 'go.mod': 'module example.com/app\n' },
      path: 'integration-tests/Dockerfile',
      code: built('RUN CGO_ENABLED=0 GOOS=linux GOARCH=amd64 go build -o /app .'),
    },
    { name: 'GOOS alone', code: built('RUN CGO_ENABLED=0 GOOS=linux go build -o /app .') },
    { name: 'TARGETARCH', code: built('ARG TARGETARCH\nRUN GOARCH=$TARGETARCH go build -o /app .') },
    {
      name: 'a default where it is used',
      code: built('ARG TARGETARCH\nRUN GOARCH=${TARGETARCH:-amd64} go build -o /app .'),
    },
    { name: 'the default of a build argument', code: built('ARG GOARCH=amd64\nRUN go build -o /app .') },
    { name: 'by way of another one', code: built('ARG ARCH=amd64\nENV GOARCH=$ARCH\nRUN go build -o /app .') },
    {
      name: 'a builder for one platform',
      code: built('RUN GOARCH=amd64 go build -o /app .', 'FROM --platform=linux/amd64 golang:1.26 AS build'),
    },
    {
      name: 'an image for one platform',
      code: built('RUN GOARCH=amd64 go build -o /app .', undefined, 'FROM --platform=linux/amd64 alpine:3.24'),
    },
    {
      name: 'a stage that says so',
      code: built('RUN GOARCH=arm64 go build -o /app .', undefined, 'FROM scratch AS release-arm64'),
    },
    {
      name: 'an image that says so',
      code: built('RUN GOARCH=arm64 go build -o /app .', undefined, 'FROM arm64v8/alpine:3.24 AS arm64'),
    },
    {
      name: 'a file that says so',
      path: 'Dockerfile.amd64',
      files: { 'go.mod': 'module a\n' },
      code: built('RUN GOARCH=amd64 go build -o /app .'),
    },
    {
      name: 'an image that nobody knows',
      code: built('RUN GOARCH=amd64 go build -o /app .', undefined, 'FROM registry.example.com/base:1'),
    },
    {
      name: 'several of them',
      code: built('RUN GOARCH=amd64 go build -o /app . && GOARCH=arm64 go build -o /app-arm64 .'),
    },
    {
      name: 'not shipped',
      code: 'FROM golang:1.26 AS build\nRUN GOARCH=amd64 go build -o /app .\n\nFROM scratch\nCOPY x /x\n',
    },
    {
      name: 'all who build it ask for that one',
      platforms: [['linux/amd64']],
      code: built('RUN GOARCH=amd64 go build -o /app .'),
    },
    { name: 'in a trigger', code: built('ONBUILD RUN GOARCH=amd64 go build -o /app .') },
    { name: 'set in a branch', code: built('RUN if [ -n "$X" ]; then export GOARCH=amd64; fi && go build -o /app .') },
    {
      name: 'a program for another system, which the image carries',
      code: built('RUN CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go build -o /app .').replace(/ENTRYPOINT.*\n/, ''),
    },
  ],
  invalid: [
    {
      name: 'a prefix',
      code: built('RUN CGO_ENABLED=0 GOOS=linux GOARCH=«amd64» go build -o /app .'),
      messages: [says('amd64')],
      severity: 'warning',
      related: ['The image that gets it has the target platform.'],
      fixed: built('ARG TARGETARCH\nRUN CGO_ENABLED=0 GOOS=linux GOARCH=$TARGETARCH go build -o /app .'),
    },
    {
      name: 'over lines, by env',
      code: built(
        'RUN --mount=type=cache,target=/root/.cache \\\n    env CGO_ENABLED=0 GOARCH=«"arm64"» \\\n    go build -o /app .',
      ),
      messages: [says('arm64')],
      fixed: built(
        'ARG TARGETARCH\nRUN --mount=type=cache,target=/root/.cache \\\n    env CGO_ENABLED=0 GOARCH=$TARGETARCH \\\n    go build -o /app .',
      ),
    },
    {
      name: 'ENV',
      code: built(
        'ENV CGO_ENABLED=0 GOOS=linux GOARCH=«amd64»\nRUN go build -o /app . && go build -o /other ./cmd/other',
      ),
      messages: [says('amd64')],
      fixed: built(
        'ARG TARGETARCH\nENV CGO_ENABLED=0 GOOS=linux GOARCH=$TARGETARCH\nRUN go build -o /app . && go build -o /other ./cmd/other',
      ),
    },
    {
      name: 'ENV of old',
      code: built('ARG TARGETARCH\nENV GOARCH «amd64»\nRUN go build -o /app .'),
      messages: [says('amd64')],
      fixed: built('ARG TARGETARCH\nENV GOARCH $TARGETARCH\nRUN go build -o /app .'),
    },
    {
      name: 'an export in a heredoc, on the build platform',
      code: built(
        'RUN <<EOF\nexport GOOS=linux GOARCH=«amd64»\ngo build -o /app .\nEOF',
        'FROM --platform=$BUILDPLATFORM golang:1.26 AS build',
      ),
      messages: [says('amd64')],
      fixed: built(
        'ARG TARGETARCH\nRUN <<EOF\nexport GOOS=linux GOARCH=$TARGETARCH\ngo build -o /app .\nEOF',
        'FROM --platform=$BUILDPLATFORM golang:1.26 AS build',
      ),
    },
    {
      name: 'somebody asks for another one',
      platforms: [['linux/amd64'], ['linux/arm64', 'linux/amd64']],
      code: built('RUN GOARCH=«amd64» go build -o /app .'),
      messages: [says('amd64')],
      fixed: built('ARG TARGETARCH\nRUN GOARCH=$TARGETARCH go build -o /app .'),
    },
    {
      name: 'a single stage',
      code: 'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN GOARCH=«amd64» go build -o /app .\nCMD ["/app"]\n',
      messages: [says('amd64')],
      fixed:
        'FROM golang:1.26\nWORKDIR /src\nCOPY . .\nARG TARGETARCH\nRUN GOARCH=$TARGETARCH go build -o /app .\nCMD ["/app"]\n',
    },
  ],
});
