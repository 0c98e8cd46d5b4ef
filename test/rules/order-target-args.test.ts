import { orderTargetArgs } from '../../server/analysis/rules/order-target-args.ts';
import { testRule } from '../support/test-rule.ts';

const stage = (lines: string, from = '--platform=$BUILDPLATFORM golang:1.26'): string =>
  `FROM ${from} AS build\nWORKDIR /src\n${lines}\nCOPY . .\nRUN GOARCH=$TARGETARCH go build -o /app .\n`;
const text = (name = 'TARGETARCH'): string =>
  `${name} is another for every platform, so that each of them downloads the modules anew.`;

testRule(orderTargetArgs, {
  valid: [
    { name: 'below', code: stage('COPY go.mod ./\nRUN go mod download\nARG TARGETARCH') },
    { name: 'no download', code: stage('ARG TARGETARCH') },
    {
      name: 'on the target platform',
      code: stage('ARG TARGETARCH\nCOPY go.mod ./\nRUN go mod download', 'golang:1.26'),
    },
    {
      name: 'the download reads it',
      code: stage('ARG TARGETARCH\nCOPY go.mod ./\nRUN GOARCH=$TARGETARCH go mod download'),
    },
    {
      name: 'ENV reads it',
      code: stage('ARG TARGETARCH\nENV GOARCH=$TARGETARCH\nCOPY go.mod ./\nRUN go mod download'),
    },
    { name: 'a command between', code: stage('ARG TARGETARCH\nRUN ./setup.sh\nCOPY go.mod ./\nRUN go mod download') },
    { name: 'more than the download', code: stage('ARG TARGETARCH\nCOPY . .\nRUN go mod download && make') },
    { name: 'a default', code: stage('ARG TARGETARCH=amd64\nCOPY go.mod ./\nRUN go mod download') },
    { name: 'another argument', code: stage('ARG VERSION\nCOPY go.mod ./\nRUN go mod download\nARG TARGETARCH') },
  ],
  invalid: [
    {
      name: 'declared again below',
      code: stage('«ARG TARGETARCH»\nCOPY go.mod ./\nRUN go mod download\nCOPY cmd ./\nARG TARGETARCH'),
      messages: [text()],
      fixed: stage('COPY go.mod ./\nRUN go mod download\nCOPY cmd ./\nARG TARGETARCH'),
    },
    {
      name: 'one of two declared again below',
      code: stage('«ARG TARGETOS TARGETARCH»\nCOPY go.mod ./\nRUN go mod download\nARG TARGETARCH'),
      messages: [text('TARGETOS')],
      fixed: stage('COPY go.mod ./\nRUN go mod download\nARG TARGETOS\nARG TARGETARCH'),
    },
    {
      name: 'declared again only below what may read it',
      code: stage('«ARG TARGETARCH»\nCOPY go.mod ./\nRUN go mod download\nRUN make\nARG TARGETARCH'),
      messages: [text()],
      fixed: stage('COPY go.mod ./\nRUN go mod download\nARG TARGETARCH\nRUN make\nARG TARGETARCH'),
    },
    {
      name: 'above',
      code: stage(
        '«ARG TARGETOS TARGETARCH»\n\nCOPY go.mod ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    go mod download',
      ),
      messages: [text('TARGETOS')],
      fixed: stage(
        '\nCOPY go.mod ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    go mod download\nARG TARGETOS TARGETARCH',
      ),
      severity: 'hint',
      related: ['This layer is the same for all platforms.'],
    },
  ],
});
