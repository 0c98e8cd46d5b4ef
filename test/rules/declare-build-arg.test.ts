import { declareBuildArg } from '../../server/analysis/rules/declare-build-arg.ts';
import { testRule } from '../support/test-rule.ts';

const stage = (lines: string, from = 'FROM golang:1.26 AS b'): string => `${from}\nWORKDIR /src\nCOPY . .\n${lines}\n`;
const go = (value: string): string => `RUN go build -ldflags="-s -X main.version=${value}" -o /app .`;
const messages = ['VERSION is empty here: its ARG does not reach this RUN.'];

testRule(declareBuildArg, {
  valid: [
    { name: 'declared in the stage', code: `ARG VERSION\n${stage(`ARG VERSION\n${go('$VERSION')}`)}` },
    {
      name: 'declared in the stage it starts from',
      code: `FROM golang:1.26 AS base\nARG VERSION\n${stage(go('$VERSION'), 'FROM base')}`,
    },
    { name: 'set by ENV', code: `ARG VERSION\n${stage(`ENV VERSION=1\n${go('$VERSION')}`)}` },
    {
      name: 'set by the shell',
      code: `ARG VERSION\n${stage('RUN VERSION=$(git describe) && go build -ldflags "-X main.version=$VERSION" .')}`,
    },
    {
      name: 'read by the shell',
      code: `ARG VERSION\n${stage('RUN read VERSION < version; go build -ldflags "-X main.version=$VERSION" .')}`,
    },
    {
      name: 'a loop',
      code: `ARG VERSION\n${stage('RUN for VERSION in 1 2; do go build -ldflags "-X main.version=$VERSION" .; done')}`,
    },
    {
      name: 'a sourced file',
      code: `ARG VERSION\n${stage('RUN . ./version.env; go build -ldflags "-X main.version=$VERSION" .')}`,
    },
    { name: 'a default where it is used', code: `ARG VERSION\n${stage(go('${VERSION:-dev}'))}` },
    { name: 'single quotes', code: `ARG VERSION\n${stage("RUN go build -ldflags '-X main.version=$VERSION' .")}` },
    { name: 'declared nowhere', code: stage(go('$VERSION')) },
    { name: 'a base nobody described', code: `ARG VERSION\n${stage(go('$VERSION'), 'FROM example.com/go')}` },
    {
      name: 'a longer name',
      code: `ARG VERSION\n${stage(`ARG VERSION_FULL\n${go('$VERSION_FULL')}`)}`,
    },
  ],
  invalid: [
    {
      name: 'declared above the first FROM',
      code: `ARG VERSION=dev\n${stage(go('«$VERSION»'))}`,
      messages,
      fixed: `ARG VERSION=dev\n${stage(`ARG VERSION\n${go('$VERSION')}`)}`,
      severity: 'warning',
      related: ['The build argument VERSION is declared here.'],
    },
    {
      name: 'declared in another stage',
      code: `${stage(go('«${VERSION}»'))}FROM alpine:3.24\nARG VERSION\n`,
      messages,
      fixed: `${stage(`ARG VERSION\n${go('${VERSION}')}`)}FROM alpine:3.24\nARG VERSION\n`,
    },
    {
      name: 'declared too late, used twice',
      code: `${stage(`${go('«$VERSION» -X main.again=$VERSION')}\nARG VERSION`)}`,
      messages,
      fixed: `${stage(`ARG VERSION\n${go('$VERSION -X main.again=$VERSION')}\nARG VERSION`)}`,
    },
    {
      name: 'over several lines',
      code: `ARG VERSION\n${stage('RUN CGO_ENABLED=0 \\\n    go build \\\n    -ldflags "-X main.version=«$VERSION»" \\\n    -o /app .')}`,
      messages,
      fixed: `ARG VERSION\n${stage('ARG VERSION\nRUN CGO_ENABLED=0 \\\n    go build \\\n    -ldflags "-X main.version=$VERSION" \\\n    -o /app .')}`,
    },
  ],
});
