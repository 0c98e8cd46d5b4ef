import { preferCopyOverAdd } from '../../server/analysis/rules/prefer-copy-over-add.ts';
import { testRule } from '../support/test-rule.ts';

const file = (line: string): string => `FROM golang:1.26\nWORKDIR /src\n${line}\nRUN go build .\n`;
const text = 'ADD does no more than COPY here: it fetches and unpacks nothing.';

testRule(preferCopyOverAdd, {
  valid: [
    { name: 'COPY', code: file('COPY . .') },
    { name: 'a URL', code: file('ADD https://example.com/x.txt /x') },
    { name: 'a repository', code: file('ADD git@github.com:a/b.git /b') },
    { name: 'an archive', code: file('ADD rootfs.tar.xz /') },
    { name: 'a pattern', code: file('ADD dist/* /') },
    { name: 'a variable', code: file('ARG F\nADD $F /f') },
    { name: 'an archive by a variable', code: file('ARG F=x.tgz\nADD $F /f') },
    { name: 'a checksum', code: file('ADD --checksum=sha256:00 x.txt /x') },
    { name: 'ONBUILD', code: file('ONBUILD ADD . .') },
  ],
  invalid: [
    {
      name: 'the context',
      code: file('«ADD» --chown=1:1 . /src'),
      messages: [text],
      fixed: file('COPY --chown=1:1 . /src'),
      severity: 'hint',
    },
    { name: 'files', code: file('«add» go.mod go.sum ./'), messages: [text], fixed: file('copy go.mod go.sum ./') },
    {
      name: 'an array',
      code: file('«ADD» ["main.go", "./"]'),
      messages: [text],
      fixed: file('COPY ["main.go", "./"]'),
    },
    { name: 'no extension', code: file('«ADD» Makefile /src/'), messages: [text], fixed: file('COPY Makefile /src/') },
  ],
});
