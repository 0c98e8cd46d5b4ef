import { noTargetArgDefault } from '../../server/analysis/rules/no-target-arg-default.ts';
import { testRule } from '../support/test-rule.ts';

const build = (lines: string, from = 'FROM --platform=$BUILDPLATFORM golang:1.26 AS b'): string =>
  `${from}\nWORKDIR /src\nCOPY . .\n${lines}\n`;
const final = 'FROM scratch\nCOPY --from=b /app /app\nENTRYPOINT ["/app"]\n';
const empty = ["TARGETARCH is empty here, so that go builds for the builder's platform: the stage has no ARG."];

testRule(noTargetArgDefault, {
  valid: [
    { name: 'declared', code: `${build('ARG TARGETARCH\nRUN GOARCH=$TARGETARCH go build -o /app .')}${final}` },
    {
      name: 'declared in the stage below',
      code: `FROM --platform=$BUILDPLATFORM golang:1.26 AS base\nARG TARGETARCH\n${build('RUN GOARCH=$TARGETARCH go build -o /app .', 'FROM base AS b')}${final}`,
    },
    {
      name: 'TARGETOS=linux',
      code: `${build('ARG TARGETOS=linux TARGETARCH\nRUN GOARCH=$TARGETARCH go build -o /app .')}${final}`,
    },
    {
      name: 'a default where it is used',
      code: `${build('ARG TARGETARCH\nRUN GOARCH=${TARGETARCH:-amd64} go build -o /app .')}${final}`,
    },
    {
      name: 'a default of other variables',
      code: `${build('ARG TARGETARCH=${BUILDARCH}\nRUN GOARCH=$TARGETARCH go build -o /app .')}${final}`,
    },
    {
      name: 'an empty default',
      code: `${build('ARG TARGETARCH=\nRUN GOARCH=$TARGETARCH go build -o /app .')}${final}`,
    },
    {
      name: 'a stage of one platform',
      code: `${build('ARG TARGETARCH=amd64\nRUN GOARCH=$TARGETARCH go build -o /app .', 'FROM --platform=linux/amd64 golang:1.26 AS b')}${final}`,
    },
    {
      name: 'a builder platform of its own that the image has as well',
      code: `ARG BUILDPLATFORM=linux/amd64\n${build('ARG TARGETARCH=amd64\nRUN GOARCH=$TARGETARCH go build -o /app .')}${final.replace('FROM scratch', 'FROM --platform=$BUILDPLATFORM alpine:3.24')}`,
    },
    {
      name: 'another variable for the platform of the builder',
      code: `ARG PLATFORM=linux/amd64\n${build('ARG TARGETARCH=amd64\nRUN GOARCH=$TARGETARCH go build -o /app .', 'FROM --platform=$PLATFORM golang:1.26 AS b')}${final}`,
    },
    {
      name: 'no ARG where the builder platform has a default',
      code: `ARG BUILDPLATFORM=linux/amd64\n${build('RUN GOARCH=$TARGETARCH go build -o /app .')}${final}`,
    },
    {
      name: 'empty where Go runs as the target platform',
      code: `${build('RUN GOARCH=$TARGETARCH go build -o /app .', 'FROM golang:1.26 AS b')}${final}`,
    },
    {
      name: 'set in the same RUN',
      code: `${build('RUN TARGETARCH=$(dpkg --print-architecture) && GOARCH=$TARGETARCH go build -o /app .')}${final}`,
    },
    {
      name: 'a loop of its own',
      code: `${build('RUN for TARGETARCH in amd64 arm64; do GOARCH=$TARGETARCH go build -o /out/$TARGETARCH .; done')}FROM scratch\nCOPY --from=b /out /\n`,
    },
    { name: 'a sourced script', code: `${build('RUN . ./env && GOARCH=$TARGETARCH go build -o /app .')}${final}` },
    {
      name: 'a default where it is used and no ARG',
      code: `${build('RUN GOARCH=${TARGETARCH:-amd64} go build -o /app .')}${final}`,
    },
  ],
  invalid: [
    {
      name: 'a default',
      code: `${build('ARG «TARGETARCH=amd64»\nRUN GOARCH=$TARGETARCH go build -o /app .')}${final}`,
      messages: ['TARGETARCH is amd64 for every platform: a default beats the value that Docker sets.'],
      fixed: `${build('ARG TARGETARCH\nRUN GOARCH=$TARGETARCH go build -o /app .')}${final}`,
      severity: 'warning',
    },
    {
      name: 'a default, with one for the platform of the builder as well',
      code: `ARG BUILDPLATFORM=linux/amd64\n${build('ARG TARGETOS=linux\nARG «TARGETARCH=amd64»\nRUN GOOS=${TARGETOS} GOARCH=${TARGETARCH} go build -o /app .')}${final}`,
      messages: ['TARGETARCH is amd64 for every platform: a default beats the value that Docker sets.'],
      fixed: `ARG BUILDPLATFORM=linux/amd64\n${build('ARG TARGETOS=linux\nARG TARGETARCH\nRUN GOOS=${TARGETOS} GOARCH=${TARGETARCH} go build -o /app .')}${final}`,
    },
    {
      name: 'one of several, without --platform',
      code: `${build('ARG TARGETOS=linux «TARGETARCH="arm64"»\nRUN GOARCH=$TARGETARCH go build -o /app .', 'FROM golang:1.26 AS b')}${final}`,
      messages: ['TARGETARCH is "arm64" for every platform: a default beats the value that Docker sets.'],
      fixed: `${build('ARG TARGETOS=linux TARGETARCH\nRUN GOARCH=$TARGETARCH go build -o /app .', 'FROM golang:1.26 AS b')}${final}`,
    },
    {
      name: 'not declared',
      code: `${build('RUN GOOS=$TARGETOS GOARCH=«${TARGETARCH}» go build -o /app .')}${final}`,
      messages: empty,
      fixed: `${build('ARG TARGETOS TARGETARCH\nRUN GOOS=$TARGETOS GOARCH=${TARGETARCH} go build -o /app .')}${final}`,
      related: ["The stage has the builder's platform."],
    },
    {
      name: 'declared above the first FROM only',
      code: `ARG TARGETARCH\n${build('RUN GOARCH=«$TARGETARCH» go build -o /app .')}${final}`,
      messages: empty,
      fixed: `ARG TARGETARCH\n${build('ARG TARGETARCH\nRUN GOARCH=$TARGETARCH go build -o /app .')}${final}`,
    },
    {
      name: 'one export for two commands',
      code: `${build('RUN export GOARCH=«$TARGETARCH» && go build -o /app . && go build -o /b ./b')}${final}`,
      messages: empty,
      fixed: `${build('ARG TARGETARCH\nRUN export GOARCH=$TARGETARCH && go build -o /app . && go build -o /b ./b')}${final}`,
    },
  ],
});
