import { pinGoInstall } from '../../server/analysis/rules/pin-go-install.ts';
import { testRule } from '../support/test-rule.ts';

const run = (...lines: readonly string[]): string => `FROM golang:1.26 AS build\n${lines.join('\n')}\nCOPY . .\n`;
const moves = (word: string): string => `${word} is whatever is newest on the day of the build.`;

testRule(pinGoInstall, {
  valid: [
    { name: 'a version', code: run('RUN go install example.com/tool@v1.2.3') },
    {
      name: 'a pre-release and a pseudo-version',
      code: run('RUN go install a.b/c@v1.0.0-rc.1 && go install a.b/d@v0.0.0-20240102030405-0123456789ab'),
    },
    { name: 'a commit', code: run('RUN go install example.com/tool@0123456789abcdef') },
    { name: 'a short commit', code: run('RUN go run example.com/tool@0a1b2c3 -x') },
    {
      name: 'a variable',
      code: run('ARG V=latest', 'RUN go install example.com/tool@${V} && go install example.com/x@$V'),
    },
    { name: 'a path of its own', code: run('RUN go install ./cmd/tool && go install . && go run ./cmd/x') },
    { name: 'the version of go.mod', code: run('RUN go install github.com/acme/tool && go run github.com/acme/gen') },
    { name: 'of the standard library', code: run('RUN go install std cmd/vet') },
    { name: 'words for the program', code: run('RUN go run ./gen example.com/x@latest user@main') },
    { name: 'a tool of go.mod', code: run('RUN go tool stringer -type=T && go get -tool example.com/x@latest') },
    { name: 'another program', code: run('RUN npm install x@latest && echo go install a@latest') },
    {
      name: 'a stage to develop in',
      code: `${run('RUN true').replace('AS build', 'AS dev')}RUN go install example.com/tool@latest\n`,
    },
    {
      name: 'a dev container',
      path: '.devcontainer/Dockerfile',
      files: { 'go.mod': 'module a\n' },
      code: run('RUN go install golang.org/x/tools/gopls@latest'),
    },
    { name: 'in a trigger', code: run('ONBUILD RUN go install example.com/tool@latest') },
    { name: 'in a comment', code: run('# RUN go install example.com/tool@latest', 'RUN true') },
  ],
  invalid: [
    {
      name: 'latest',
      code: run('RUN go install «example.com/tool@latest»'),
      messages: [moves('example.com/tool@latest')],
      severity: 'warning',
    },
    {
      name: 'branches, several, over lines',
      code: run(
        'RUN CGO_ENABLED=0 GOBIN=/out go install -v \\',
        '      «a.b/c@main» \\',
        '      a.b/d@v1.0.0 \\',
        '      «"a.b/e@master"»',
      ),
      messages: [moves('a.b/c@main'), moves('a.b/e@master')],
    },
    {
      name: 'the beginning of a version, in a heredoc',
      code: run('RUN <<EOF', 'go run «a.b/c@v1» -x', 'go install «a.b/d/v2/cmd/d@v2.1»', 'EOF'),
      messages: [moves('a.b/c@v1'), moves('a.b/d/v2/cmd/d@v2.1')],
    },
    {
      name: 'in exec form',
      code: run('RUN ["go", "install", "«a.b/c@latest»"]'),
      messages: [moves('a.b/c@latest')],
    },
    {
      name: 'go.mod has a version of it',
      files: {
        'go.mod': 'module a.b/app\n\ngo 1.26\n\nrequire (\n\tgolang.org/x/tools v0.30.0\n\tgolang.org/x v0.1.0\n)\n',
      },
      code: run('RUN go install «golang.org/x/tools/cmd/stringer@latest»'),
      messages: [moves('golang.org/x/tools/cmd/stringer@latest')],
      fixed: run('RUN go install golang.org/x/tools/cmd/stringer@v0.30.0'),
    },
    {
      name: 'on Alpine with a Go of its own',
      code: 'FROM alpine:3.24\nRUN apk add --no-cache go && go install «a.b/c@latest»\n',
      messages: [moves('a.b/c@latest')],
    },
  ],
});
