import { noAptLists } from '../../server/analysis/rules/no-apt-lists.ts';
import { testRule } from '../support/test-rule.ts';

const file = (lines: string): string =>
  `FROM golang:1.26 AS build\nRUN apt-get update && apt-get install -y git\nRUN go build -o /app .\n\nFROM debian:trixie-slim\n${lines}\nCOPY --from=build /app /app\n`;
const text = 'apt-get update leaves the lists of all packages in the image.';
const clean = 'rm -rf /var/lib/apt/lists/*';

testRule(noAptLists, {
  valid: [
    { name: 'removed', code: file(`RUN apt-get update && apt-get install -y curl && ${clean}`) },
    { name: 'removed with others', code: file(`RUN apt-get update; rm -rf /tmp/* /var/lib/apt/lists/*`) },
    { name: 'a cache mount', code: file('RUN --mount=type=cache,target=/var/lib/apt,sharing=locked apt-get update') },
    { name: 'dist-clean', code: file('RUN apt-get update && apt-get install -y curl && apt-get dist-clean') },
    {
      name: 'a script may remove them',
      code: file('RUN apt-get update && apt-get install -y curl && /scripts/cleanup'),
    },
    { name: 'a script of sh', code: file('RUN apt-get update && sh clean.txt') },
    { name: 'no update', code: file('RUN apt-get install -y curl') },
    { name: 'a development stage', code: file('').replace('trixie-slim', 'trixie-slim AS dev\nRUN apt-get update') },
    { name: 'clean-install', code: file('RUN apt-get update && apt-get upgrade -y && clean-install ca-certificates') },
  ],
  invalid: [
    {
      name: 'clean-install in another layer, or as a word',
      code: file('RUN «apt-get update» && echo clean-install\nRUN clean-install mount'),
      messages: [text],
      fixed: file(`RUN apt-get update && echo clean-install && ${clean}\nRUN clean-install mount`),
    },
    {
      name: 'left',
      code: file('RUN «apt-get update» && apt-get install -y curl'),
      messages: [text],
      fixed: file(`RUN apt-get update && apt-get install -y curl && ${clean}`),
      severity: 'information',
    },
    {
      name: 'no script, but a program by its path',
      code: file(`RUN «apt-get update» && /usr/bin/apt-get install -y curl && sh -c 'echo done'`),
      messages: [text],
    },
    {
      name: 'over lines',
      code: file('RUN «apt-get update» \\\n  && apt-get install -y \\\n    curl'),
      messages: [text],
      fixed: file(`RUN apt-get update \\\n  && apt-get install -y \\\n    curl \\\n  && ${clean}`),
    },
    {
      name: 'removed in a layer above',
      code: file(`RUN «apt-get update» && apt-get install -y curl\nRUN ${clean}`),
      messages: [text],
      fixed: file(`RUN apt-get update && apt-get install -y curl && ${clean}\nRUN ${clean}`),
    },
    {
      name: 'a branch has no end to add to',
      code: file('RUN if «apt-get update»; then apt-get install curl; fi'),
      messages: [text],
    },
    {
      name: 'a later RUN needs the lists',
      code: file('RUN «apt-get update»\nRUN apt-get install -y curl'),
      messages: [text],
    },
    {
      name: 'a stage on top needs the lists',
      code: `${file('RUN «apt-get update» && apt-get install -y curl').replace('trixie-slim', 'trixie-slim AS base')}\nFROM base\nRUN apt-get install -y jq\nENTRYPOINT ["/app"]\n`,
      messages: [text],
    },
    {
      name: 'a later RUN fetches its own',
      code: file(`RUN «apt-get update»\nRUN apt-get update && apt-get install -y curl && ${clean}`),
      messages: [text],
      fixed: file(`RUN apt-get update && ${clean}\nRUN apt-get update && apt-get install -y curl && ${clean}`),
    },
    {
      name: 'a continuation with nothing behind it',
      code: 'FROM golang\nRUN «apt-get update» && go build \\',
      messages: [text],
    },
    { name: 'a heredoc', code: file('RUN <<EOF\n«apt-get update»\nEOF'), messages: [text] },
    {
      name: 'apt',
      code: file('RUN «apt update»'),
      messages: ['apt update leaves the lists of all packages in the image.'],
      fixed: file(`RUN apt update && ${clean}`),
    },
  ],
});
