import { requireTargetArch } from '../../server/analysis/rules/require-target-arch.ts';
import { testRule } from '../support/test-rule.ts';

const build = (lines: string, from = 'FROM --platform=$BUILDPLATFORM golang:1.26 AS b'): string =>
  `${from}\nWORKDIR /src\nCOPY . .\n${lines}\n`;
const final = 'FROM scratch\nCOPY --from=b /app /app\nENTRYPOINT ["/app"]\n';
const messages = ["This builds for the builder's platform, whatever platform the image is for: no GOARCH is set."];

testRule(requireTargetArch, {
  valid: [
    { name: 'no platform', code: `${build('RUN go build -o /app .', 'FROM golang:1.26 AS b')}${final}` },
    {
      name: 'the target platform',
      code: `${build('RUN go build -o /app .', 'FROM --platform=$TARGETPLATFORM golang:1.26 AS b')}${final}`,
    },
    {
      name: 'GOARCH from TARGETARCH',
      code: `${build('ARG TARGETARCH\nRUN GOARCH=$TARGETARCH go build -o /app .')}${final}`,
    },
    { name: 'GOARCH in ENV', code: `${build('ENV GOARCH=arm64\nRUN go build -o /app .')}${final}` },
    { name: 'GOARCH as ARG', code: `${build('ARG GOARCH\nRUN go build -o /app .')}${final}` },
    { name: 'an exported GOARCH', code: `${build('RUN export GOARCH=arm64 && go build -o /app .')}${final}` },
    { name: 'go env -w', code: `${build('RUN go env -w GOARCH=arm64\nRUN go build -o /app .')}${final}` },
    { name: 'a script that may set it', code: `${build('RUN . ./arch.sh && go build -o /app .')}${final}` },
    { name: 'xx-go', code: `${build('RUN xx-go build -o /app .')}${final}` },
    {
      name: 'a base nobody described',
      code: `${build('RUN go build -o /app .', 'FROM --platform=$BUILDPLATFORM example.com/go AS b')}${final}`,
    },
    {
      name: "a program for the builder's own use",
      code: `${build('RUN go build -o /tool .')}RUN /tool > /out.txt\nFROM scratch\nCOPY --from=b /out.txt /\n`,
    },
    {
      name: "an image that has the builder's platform too",
      code: `${build('RUN go build -o /app .')}FROM --platform=$BUILDPLATFORM alpine:3.24\nCOPY --from=b /app /app\n`,
    },
    {
      name: 'an image of one platform',
      code: `${build('RUN go build -o /app .')}FROM --platform=linux/amd64 alpine:3.24\nCOPY --from=b /app /app\n`,
    },
    {
      name: 'a BUILDPLATFORM with a default of its own',
      code: `ARG BUILDPLATFORM=linux/arm64\n${build('RUN go build -o /app .')}${final}`,
    },
  ],
  invalid: [
    {
      name: 'several platforms are asked for: one surely gets the wrong program',
      platforms: [['linux/amd64'], ['linux/amd64', 'linux/arm64']],
      code: `${build('RUN «go build» -o /app .')}${final}`,
      messages,
      severity: 'error',
      related: [
        "The stage has the builder's platform.",
        'The image that gets the program has the target platform.',
        'The service web of compose.yaml builds for linux/amd64, linux/arm64.',
      ],
      fixed: `${build('ARG TARGETOS TARGETARCH\nRUN GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /app .')}${final}`,
    },
    {
      name: 'ARG and prefix are added',
      code: `${build('RUN CGO_ENABLED=0 «go build» -o /app .')}${final}`,
      messages,
      fixed: `${build('ARG TARGETOS TARGETARCH\nRUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /app .')}${final}`,
      severity: 'warning',
      related: ["The stage has the builder's platform.", 'The image that gets the program has the target platform.'],
    },
    {
      name: 'ARG is there already, GOOS is set',
      code: `${build('ARG TARGETARCH\nENV GOOS=linux\nRUN «go build» -o /app .')}${final}`,
      messages,
      fixed: `${build('ARG TARGETARCH\nENV GOOS=linux\nRUN GOARCH=$TARGETARCH go build -o /app .')}${final}`,
    },
    {
      name: 'in a stage below, with braces and a default',
      code: `FROM --platform=\${BUILDPLATFORM:-linux/amd64} golang:1.26 AS base\n${build('RUN «go build» -o /app .', 'FROM base AS b')}${final}`,
      messages,
      fixed: `FROM --platform=\${BUILDPLATFORM:-linux/amd64} golang:1.26 AS base\n${build('ARG TARGETOS TARGETARCH\nRUN GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /app .', 'FROM base AS b')}${final}`,
    },
    {
      name: 'go install writes elsewhere when it crosses, so nothing is offered',
      code: `${build('RUN «go install» example.com/app@v1.0.0')}FROM scratch\nCOPY --from=b /go/bin/app /app\n`,
      messages,
    },
    {
      name: 'exec form has no place for a prefix',
      code: `${build('RUN ["«go", "build»", "-o", "/app", "."]')}${final}`,
      messages,
    },
  ],
});
