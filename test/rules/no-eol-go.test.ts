import assert from 'node:assert/strict';
import { analyze } from '../../server/analysis/analyze.ts';
import { defaultConfig } from '../../server/analysis/config.ts';
import { noEolGo } from '../../server/analysis/rules/no-eol-go.ts';
import { projectOf } from '../support/project.ts';
import { testRule } from '../support/test-rule.ts';

const rest = 'WORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n';

testRule(noEolGo, {
  valid: [
    { name: 'the newest version', code: `FROM golang:1.27\n${rest}` },
    { name: 'the one before', code: `FROM golang:1.26.3-alpine\n${rest}` },
    { name: 'a newer version than the table has', code: `FROM golang:1.99\n${rest}` },
    { name: 'a release candidate', code: `FROM golang:1.28rc1\n${rest}` },
    { name: 'no version', code: `FROM golang:alpine\n${rest}` },
    { name: 'another publisher', code: `FROM mcr.microsoft.com/oss/go/microsoft/golang:1.22\n${rest}` },
    { name: 'a tag that never was', code: `FROM golang:1.22-slim\n${rest}` },
    { name: 'an earlier stage called so', code: `FROM golang:1.27 AS old\n${rest}FROM old\nRUN go vet ./...\n` },
    {
      name: 'an image for tests',
      files: { 'go.mod': 'module example.com/app\n' },
      path: 'pkg/scan/testdata/old/Dockerfile',
      code: `FROM golang:1.22\n${rest}`,
    },
  ],
  invalid: [
    {
      name: 'a version that ended',
      code: `FROM «golang:1.25»\n${rest}`,
      messages: ['Go 1.25 has had no security fixes since 2026-08-19.'],
      fixed: `FROM golang:1.27\n${rest}`,
      severity: 'warning',
    },
    {
      name: 'the variant stays in its family, a patch and a digest go',
      code: `FROM «golang:1.21.5-alpine3.18@sha256:${'0'.repeat(64)}»\n${rest}`,
      messages: ['Go 1.21 has had no security fixes since 2024-08-13.'],
      fixed: `FROM golang:1.27-alpine\n${rest}`,
    },
    {
      name: 'in an ARG, from a mirror',
      code: `ARG GO_VERSION=1.23\nFROM «mirror.gcr.io/library/golang:\${GO_VERSION}-bookworm» AS build\n${rest}`,
      messages: ['Go 1.23 has had no security fixes since 2025-08-12.'],
      fixed: `ARG GO_VERSION=1.27\nFROM mirror.gcr.io/library/golang:\${GO_VERSION}-bookworm AS build\n${rest}`,
    },
    {
      name: 'older than the table',
      code: `FROM «golang:1.13»\n${rest}`,
      messages: ['Go 1.13 gets no security fixes any more.'],
      fixed: `FROM golang:1.27\n${rest}`,
    },
  ],
});

describe('no-eol-go and the day', () => {
  const found = (today: string | undefined, version = '1.22') =>
    analyze(`FROM golang:${version}\n${rest}`, projectOf(undefined), { ...defaultConfig, today }).findings.filter(
      ({ rule }) => rule === 'no-eol-go',
    );
  const fixes = (today: string): number => found(today).flatMap((each) => each.fixes).length;

  it('knows the newest version for a year from the date of its table', () => assert.equal(fixes('2027-11-01'), 1));
  it('tells what has ended later, too, but not what is newest', () => {
    assert.deepEqual([found('2029-01-01').length, fixes('2029-01-01')], [1, 0]);
  });
  it('is quiet about what was supported then', () => {
    for (const version of ['1.26', '1.27', '1.28', '1.35']) assert.equal(found('2029-01-01', version).length, 0);
  });
  it('is silent when nobody says which day it is', () => assert.equal(found(undefined).length, 0));
});
