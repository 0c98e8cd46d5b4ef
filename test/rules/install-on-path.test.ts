import { installOnPath } from '../../server/analysis/rules/install-on-path.ts';
import { testRule } from '../support/test-rule.ts';

const run = (lines: readonly string[], from = 'golang:1.26'): string => `FROM ${from} AS build\n${lines.join('\n')}\n`;
const install = 'RUN go install example.com/cmd/tool@v1.0.0';
const lost = (folder: string, name = 'tool'): string =>
  `${name} is not found: it lies in ${folder}, which is not on the PATH.`;

testRule(installOnPath, {
  valid: [
    { name: 'the golang image', code: run([install, 'RUN tool']) },
    { name: 'by its path', code: run(['ENV GOPATH=/x', install, 'RUN /x/bin/tool']) },
    {
      name: 'on the PATH',
      code: run(['ENV GOPATH=/x PATH=/x/bin:/usr/bin:/bin:/usr/local/go/bin', install, 'RUN tool']),
    },
    { name: 'put there later', code: run(['ENV GOPATH=/x', install, 'ENV PATH=$PATH:/x/bin', 'RUN tool']) },
    { name: 'put there in the RUN', code: run(['ENV GOPATH=/x', install, 'RUN export PATH=$PATH:/x/bin && tool']) },
    { name: 'linked', code: run(['ENV GOPATH=/x', `${install} && ln -s /x/bin/tool /usr/bin/tool`, 'RUN tool']) },
    {
      name: 'into a folder of the PATH',
      code: run(['RUN GOBIN=/usr/local/bin go install example.com/tool@v1.0.0', 'RUN tool']),
    },
    { name: 'not used', code: run(['ENV GOPATH=/x', install, 'RUN go build .']) },
    { name: 'it may fail', code: run(['ENV GOPATH=/x', install, 'RUN if command -v tool; then tool; fi']) },
    {
      name: 'a package of that name',
      code: run(['ENV GOPATH=/x', 'RUN apt-get install -y tool', install, 'RUN tool']),
    },
    {
      name: 'another user',
      code: run(['RUN apk add go && adduser -D x', 'USER x', install, 'RUN tool'], 'alpine:3.24'),
    },
    { name: 'GOPATH by an argument', code: run(['ARG GOPATH', install, 'RUN tool'], 'alpine:3.24') },
    { name: 'an image nobody knows', code: run([install, 'RUN tool'], 'registry.example.com/go:1') },
    { name: 'used before', code: run(['ENV GOPATH=/x', 'RUN tool', install]) },
    { name: 'in a trigger', code: run(['ENV GOPATH=/x', install, 'ONBUILD RUN tool']) },
  ],
  invalid: [
    {
      name: 'another GOPATH',
      code: run(['ENV GOPATH=/x', install, 'RUN «tool» -v ./...']),
      messages: [lost('/x/bin')],
      severity: 'warning',
      related: ['This installs tool in /x/bin.'],
      fixed: run(['ENV GOPATH=/x', install, 'ENV PATH=$PATH:/x/bin', 'RUN tool -v ./...']),
    },
    {
      name: 'GOBIN, a major version, in the same RUN over lines',
      code: run(['RUN export GOBIN=/tools \\', ' && go install example.com/tool/v2@v2.0.0 \\', ' && «tool»']),
      messages: [lost('/tools')],
      fixed: run([
        'ENV PATH=$PATH:/tools',
        'RUN export GOBIN=/tools \\',
        ' && go install example.com/tool/v2@v2.0.0 \\',
        ' && tool',
      ]),
    },
    {
      name: 'Go as a package, in a heredoc',
      code: run(
        ['RUN apk add --no-cache go', 'RUN <<EOF', 'go install example.com/gen@v1.0.0', '«gen» .', 'EOF'],
        'alpine:3.24',
      ),
      messages: [lost('/root/go/bin', 'gen')],
      fixed: run(
        [
          'RUN apk add --no-cache go',
          'ENV PATH=$PATH:/root/go/bin',
          'RUN <<EOF',
          'go install example.com/gen@v1.0.0',
          'gen .',
          'EOF',
        ],
        'alpine:3.24',
      ),
    },
  ],
});
