import { shareGoVersion } from '../../server/analysis/rules/share-go-version.ts';
import { testRule } from '../support/test-rule.ts';

const file = (one: string, other: string, name = 'test'): string =>
  `FROM ${one} AS ${name}\nRUN go vet ./...\n\nFROM ${other} AS build\nRUN go build -o /app .\n\nFROM scratch\nCOPY --from=build /app /app\n`;
const text = (version: string, other: string): string => `This stage has Go ${version}, and another one Go ${other}.`;

testRule(shareGoVersion, {
  valid: [
    { name: 'the same', code: file('golang:1.26', 'golang:1.26-alpine') },
    { name: 'another patch release', code: file('golang:1.26.1', 'golang:1.26') },
    { name: 'a name with a number', code: file('golang:1.25', 'golang:1.26', 'go125') },
    { name: 'no version', code: file('golang', 'golang:1.26') },
    { name: 'a digest', code: file(`golang:1.25@sha256:${'0'.repeat(64)}`, 'golang:1.26') },
    {
      name: 'one argument',
      code: `ARG GO_VERSION=1.26\n${file('golang:${GO_VERSION}', 'golang:${GO_VERSION}-alpine')}`,
    },
    { name: 'an argument nobody knows', code: `ARG GO_VERSION\n${file('golang:${GO_VERSION}', 'golang:1.26')}` },
    { name: 'another image', code: file('example.com/go:1.20', 'golang:1.26') },
  ],
  invalid: [
    {
      name: 'an older one',
      code: file('«golang:1.25-alpine»', 'golang:1.26-alpine'),
      messages: [text('1.25', '1.26')],
      fixed: file('golang:1.26-alpine', 'golang:1.26-alpine'),
      severity: 'information',
      related: ['This is the newer one.'],
    },
    {
      name: 'by an argument there is no fix',
      code: `ARG GO_VERSION=1.25\n${file('«golang:${GO_VERSION}»', 'golang:1.26')}`,
      messages: [text('1.25', '1.26')],
    },
  ],
});
