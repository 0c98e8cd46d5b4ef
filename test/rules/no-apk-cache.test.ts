import { noApkCache } from '../../server/analysis/rules/no-apk-cache.ts';
import { testRule } from '../support/test-rule.ts';

const file = (lines: string): string =>
  `FROM golang:1.26-alpine AS build\nRUN apk add git\nRUN go build -o /app .\n\nFROM alpine:3.24\n${lines}\nCOPY --from=build /app /app\n`;
const text = 'apk add leaves the index of all packages in the image without --no-cache.';

testRule(noApkCache, {
  valid: [
    { name: '--no-cache', code: file('RUN apk add --no-cache tzdata && apk --no-cache add curl') },
    { name: 'a cache mount', code: file('RUN --mount=type=cache,target=/var/cache/apk apk add tzdata') },
    { name: 'a mount nobody knows', code: file('ARG C\nRUN --mount=type=cache,target=$C apk add tzdata') },
    { name: 'removed', code: file('RUN apk add tzdata && rm -rf /var/cache/apk/*') },
    { name: 'removed by a quoted path', code: file('RUN apk add tzdata && rm -rf "/var/cache/apk"') },
    { name: 'a script may remove it', code: file('RUN apk add tzdata && ./clean.sh') },
    { name: 'no add', code: file('RUN apk update') },
    {
      name: 'a development stage',
      code: file('').replace('FROM alpine:3.24', 'FROM alpine:3.24 AS dev\nRUN apk add vim'),
    },
  ],
  invalid: [
    {
      name: 'add alone',
      code: file('RUN «apk add tzdata»'),
      messages: [text],
      fixed: file('RUN apk add --no-cache tzdata'),
      severity: 'information',
    },
    {
      name: 'update before',
      code: file('RUN apk update && \\\n    «apk add ca-certificates \\\n      tzdata»'),
      messages: [text],
      fixed: file('RUN apk add --no-cache ca-certificates \\\n      tzdata'),
    },
    {
      name: 'a package named update',
      code: file('RUN «apk add tzdata update»'),
      messages: [text],
      fixed: file('RUN apk add --no-cache tzdata update'),
    },
    {
      name: 'upgrade needs the index',
      code: file('RUN apk update && apk upgrade && «apk add tzdata»'),
      messages: [text],
    },
    {
      name: 'a stage that the image stands on',
      code: `FROM alpine:3.24 AS base\nRUN «apk add tzdata»\n\n${file('').replace('FROM alpine:3.24', 'FROM base')}`,
      messages: [text],
      fixed: `FROM alpine:3.24 AS base\nRUN apk add --no-cache tzdata\n\n${file('').replace('FROM alpine:3.24', 'FROM base')}`,
    },
  ],
});
