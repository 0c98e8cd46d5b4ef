import { noUnknownGolangTag } from '../../server/analysis/rules/no-unknown-golang-tag.ts';
import { testRule } from '../support/test-rule.ts';

const from = (image: string): string => `FROM ${image} AS build\nRUN go version\n`;
const valid = [
  'golang',
  'golang:1',
  'golang:1.26',
  'golang:1.26.7',
  'golang:1.26-alpine',
  'golang:1.26-alpine3.23',
  'golang:alpine',
  'golang:1.22-bookworm',
  'golang:1.21.13-bullseye',
  'golang:1.19-alpine',
  'golang:1.20',
  'golang:1.99',
  'golang:1.28rc1',
  'golang:tip',
  'golang:1.27-windowsservercore-ltsc2025',
  'golang:1.99-slim',
  'example.com/golang:1.22-slim',
];

testRule(noUnknownGolangTag, {
  valid: [
    ...valid.map((image) => ({ name: image, code: from(image) })),
    { name: 'a variable without default', code: `ARG V\n${from('golang:${V}-slim')}` },
  ],
  invalid: [
    {
      name: 'with a digest the registry does not look at the tag',
      code: from(`«golang:1.22-slim@sha256:${'0'.repeat(64)}»`),
      messages: ['golang:1.22-slim does not exist: the golang image has no slim variant.'],
      severity: 'warning',
    },
    {
      name: 'slim never existed',
      code: from('«golang:1.22-slim»'),
      messages: ['golang:1.22-slim does not exist: the golang image has no slim variant.'],
      fixed: from('golang:1.22-bookworm'),
      fixes: ['Use golang:1.22-bookworm', 'Use golang:1.22-alpine'],
      severity: 'error',
    },
    {
      name: 'a leading v',
      code: from('«golang:v1.26»'),
      messages: ['golang:v1.26 does not exist: a tag starts with the number, without v.'],
      fixed: from('golang:1.26'),
    },
    {
      name: 'no hyphen before alpine',
      code: from('«golang:1.26alpine»'),
      messages: ['golang:1.26alpine does not exist: a dash stands between version and variant.'],
      fixed: from('golang:1.26-alpine'),
    },
    {
      name: 'through an ARG default',
      code: `ARG GO=1.22\n${from('«golang:${GO}-slim»')}`,
      messages: ['golang:1.22-slim does not exist: the golang image has no slim variant.'],
    },
  ],
});
