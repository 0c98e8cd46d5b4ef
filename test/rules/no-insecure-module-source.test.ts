import { noInsecureModuleSource } from '../../server/analysis/rules/no-insecure-module-source.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const built = (...lines: readonly string[]): string => `FROM golang:1.26 AS build
WORKDIR /src
${lines.join('\n')}
COPY . .
RUN go build -o /app .
`;
const unchecked = 'GOSUMDB=off takes modules that go.sum does not have unchecked.';

testRule(noInsecureModuleSource, {
  valid: [
    {
      name: 'patterns with hosts',
      code: built('ENV GOPRIVATE=* GONOSUMDB=git.example.com/*,*.corp.example.com GOINSECURE=git.example.com'),
    },
    { name: 'the default', code: built('ENV GOSUMDB=sum.golang.org GOPROXY=https://proxy.golang.org,direct') },
    { name: 'a proxy nearby', code: built('ENV GOPROXY=http://athens:3000,http://localhost:8080|http://10.0.0.7/go') },
    { name: 'no network', code: built('ENV GOPROXY=off GOSUMDB=off GOFLAGS=-mod=mod') },
    { name: 'from a folder', code: built('ENV GOSUMDB=off', 'ENV GOPROXY=file:///modules') },
    { name: 'a value by an argument', code: built('ARG GOSUMDB=off PROXY', 'ENV GOPROXY=$PROXY GOSUMDB=${GOSUMDB}') },
    {
      name: 'vendored',
      files: { ...programs.required, 'vendor/modules.txt': '# golang.org/x/sync v0.18.0\n## explicit\n' },
      code: built('ENV GOSUMDB=off'),
    },
    { name: 'a flag that new commands pass over', code: built('ENV GOFLAGS=-insecure') },
    { name: 'other flags', code: built('ENV GOFLAGS="-trimpath -tags=insecure"') },
    { name: 'another stage', code: `FROM alpine:3.24 AS x\nENV GOSUMDB=off\n\n${built()}` },
    { name: 'in a trigger', code: built('ONBUILD ENV GOSUMDB=off') },
    { name: 'in a text', code: built('RUN echo GOSUMDB=off') },
  ],
  invalid: [
    {
      name: 'ENV',
      code: built('ENV «GOSUMDB=off»'),
      messages: [unchecked],
      severity: 'warning',
      fixed: 'FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\n',
    },
    {
      name: 'among others, over lines, in quotes',
      code: built('ENV CGO_ENABLED=0 \\', '    «GONOSUMDB="*"» \\', '    GOOS=linux'),
      messages: ['GONOSUMDB=* takes every module that go.sum does not have unchecked.'],
      fixed: built('ENV CGO_ENABLED=0 \\', '    GOOS=linux'),
    },
    {
      name: 'ENV of old, and a proxy',
      code: built('ENV «GOPROXY http://goproxy.example.com,direct»'),
      messages: [
        'GOPROXY=http://goproxy.example.com,direct is not encrypted: whoever is on the way can change modules.',
      ],
      fixed: 'FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\n',
    },
    {
      name: 'a prefix, an export, go env -w',
      code: built(
        'RUN «GOINSECURE=*/*» go mod download && export «GOSUMDB=off»',
        'RUN go env -w «GOFLAGS=-insecure»',
      ).replace('1.26', '1.16'),
      messages: [
        'GOINSECURE=*/* fetches every module over connections that nobody vouches for.',
        unchecked,
        'GOFLAGS=-insecure fetches modules over connections that nobody vouches for.',
      ],
    },
    {
      name: 'a flag, in a heredoc',
      code: built('RUN <<EOF', 'go get «-insecure» example.com/x', 'EOF'),
      messages: ['go get stops: -insecure is no flag any more since Go 1.17.'],
    },
    {
      name: 'a flag of an old Go',
      code: built('RUN go get «-insecure» example.com/x').replace('1.26', '1.16'),
      messages: ['-insecure fetches modules over connections that nobody vouches for.'],
    },
  ],
});
