import { requireGoprivate } from '../../server/analysis/rules/require-goprivate.ts';
import { testRule } from '../support/test-rule.ts';

const project = (path: string, required: string, rest = '') => ({
  'go.mod': `module ${path}\n\ngo 1.26\n\nrequire ${required} v1.2.3\n${rest}`,
  'go.sum': `${required} v1.2.3 h1:AAAA=\n`,
  'main.go': `package main\n\nimport _ "${required}"\n\nfunc main() {}\n`,
});
const acme = project('github.com/acme/app', 'github.com/acme/lib/v2');

const built = (...lines: readonly string[]): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
${lines.join('\n')}
`;
const ssh = 'RUN --mount=type=ssh go mod download';
const asks = (path: string): string => `go asks proxy.golang.org for ${path} before it logs in: GOPRIVATE is not set.`;

testRule(requireGoprivate, {
  valid: [
    { name: 'set', files: acme, code: built('ENV GOPRIVATE=github.com/acme', ssh) },
    { name: 'by an argument', files: acme, code: built('ARG GOPRIVATE', ssh) },
    { name: 'in the prefix', files: acme, code: built('RUN --mount=type=ssh GOPRIVATE=github.com/* go mod download') },
    { name: 'by go env -w', files: acme, code: built('RUN go env -w GOPRIVATE=github.com/acme', ssh) },
    { name: 'another proxy', files: acme, code: built('ENV GOPROXY=https://proxy.acme.example', ssh) },
    { name: 'no login', files: acme, code: built('RUN go mod download') },
    {
      name: 'a secret of another kind',
      files: acme,
      code: built('RUN --mount=type=secret,id=npm,target=/root/.npmrc go mod download'),
    },
    { name: 'another owner', files: project('github.com/acme/app', 'github.com/other/lib'), code: built(ssh) },
    { name: 'a module without a host', files: project('app', 'github.com/acme/lib'), code: built(ssh) },
    {
      name: 'replaced by a folder',
      files: {
        ...project('github.com/acme/app', 'github.com/acme/lib', '\nreplace github.com/acme/lib => ./lib\n'),
        'lib/go.mod': 'module github.com/acme/lib\n',
      },
      code: built(ssh),
    },
    {
      name: 'vendored',
      files: { ...acme, 'vendor/modules.txt': '# github.com/acme/lib/v2 v1.2.3\n## explicit\n' },
      code: built('RUN --mount=type=ssh go build .'),
    },
    { name: 'a tool', files: acme, code: built('RUN --mount=type=ssh go install github.com/acme/tool@v1.0.0') },
    { name: 'nothing is known', code: built(ssh) },
    { name: 'in a trigger', files: acme, code: built(`ONBUILD ${ssh}`) },
  ],
  invalid: [
    {
      name: 'ssh',
      files: acme,
      code: built('RUN --mount=type=ssh «go mod» download'),
      messages: [asks('github.com/acme/lib/v2')],
      severity: 'warning',
      fixed: built('ENV GOPRIVATE=github.com/acme', ssh),
    },
    {
      name: 'a rewritten address, a host of its own, over lines',
      files: project('git.acme.example/team/app', 'git.acme.example/base/lib'),
      code: built(
        'RUN git config --global url."git@git.acme.example:".insteadOf "https://git.acme.example/" && \\',
        '    CGO_ENABLED=0 «go build» .',
      ),
      messages: [asks('git.acme.example/base/lib')],
      fixed: built(
        'ENV GOPRIVATE=git.acme.example',
        'RUN git config --global url."git@git.acme.example:".insteadOf "https://git.acme.example/" && \\',
        '    CGO_ENABLED=0 go build .',
      ),
    },
    {
      name: 'a login file, in a heredoc',
      files: acme,
      code: built('RUN --mount=type=secret,id=netrc,target=/root/.netrc <<EOF', '«go build» .', 'EOF'),
      messages: [asks('github.com/acme/lib/v2')],
      fixed: built(
        'ENV GOPRIVATE=github.com/acme',
        'RUN --mount=type=secret,id=netrc,target=/root/.netrc <<EOF',
        'go build .',
        'EOF',
      ),
    },
  ],
});
