import assert from 'node:assert/strict';
import { analyze } from '../../server/analysis/analyze.ts';
import { defaultConfig } from '../../server/analysis/config.ts';
import { noEolBaseImage } from '../../server/analysis/rules/no-eol-base-image.ts';
import { projectOf } from '../support/project.ts';
import { testRule } from '../support/test-rule.ts';

const build = 'FROM golang:1.27 AS b\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n';
const rest = 'COPY --from=b /app /app\nENTRYPOINT ["/app"]\n';
const install = 'RUN apt-get update && apt-get install -y curl\n';
const archived = 'is archived: apt-get finds no packages, and the build stops.';

testRule(noEolBaseImage, {
  valid: [
    { name: 'supported Debian', code: `${build}FROM debian:bookworm-slim\n${rest}` },
    { name: 'supported Alpine', code: `${build}FROM alpine:3.22\n${rest}` },
    { name: 'a newer Alpine than the table has', code: `${build}FROM alpine:3.99\n${rest}` },
    { name: 'tags that name no release', code: `${build}FROM alpine:edge\n${rest}FROM debian:stable-slim\n${rest}` },
    { name: 'distroless on Debian 13', code: `${build}FROM gcr.io/distroless/static-debian13\n${rest}` },
    { name: 'distroless without a release', code: `${build}FROM gcr.io/distroless/static\n${rest}` },
    { name: 'Ubuntu', code: `${build}FROM ubuntu:18.04\n${rest}` },
    { name: 'debian/eol', code: `${build}FROM debian/eol:buster\n${rest}` },
    {
      name: 'a stage that only lends a file',
      code: `${build}FROM alpine:3.15 AS certs\nFROM scratch\nCOPY --from=certs /etc/ssl/certs/ /etc/ssl/certs/\n${rest}`,
    },
    { name: 'an old system below an old Go', code: 'FROM golang:1.22-bullseye\nRUN go version\n' },
    {
      name: 'packages of a Debian that the mirrors still have, in a build stage',
      code: `FROM golang:1.22-bullseye AS b\n${install}COPY . .\nRUN go build -o /app .\nFROM scratch\n${rest}`,
    },
  ],
  invalid: [
    {
      name: 'Debian by codename',
      code: `${build}FROM «debian:bullseye-20230411-slim»\n${rest}`,
      messages: ['Debian 11 has had no security fixes since 2026-08-31.'],
      fixed: `${build}FROM debian:trixie-slim\n${rest}`,
      severity: 'warning',
    },
    {
      name: 'Debian by number, in an ARG',
      code: `ARG DEBIAN=10.13\n${build}FROM «debian:\${DEBIAN}»\n${rest}`,
      messages: ['Debian 10 has had no security fixes since 2024-06-30.'],
      fixed: `ARG DEBIAN=13\n${build}FROM debian:\${DEBIAN}\n${rest}`,
    },
    {
      name: 'Alpine',
      code: `${build}FROM «alpine:3.18.4»\n${rest}`,
      messages: ['Alpine 3.18 has had no security fixes since 2025-05-09.'],
      fixed: `${build}FROM alpine:3.24\n${rest}`,
    },
    {
      name: 'Alpine older than the table, below a stage of the file',
      code: `${build}FROM «alpine:3.9» AS base\nFROM base\n${rest}`,
      messages: ['Alpine 3.9 gets no security fixes any more.'],
      fixed: `${build}FROM alpine:3.24 AS base\nFROM base\n${rest}`,
    },
    {
      name: 'distroless keeps its tag',
      code: `${build}FROM «gcr.io/distroless/static-debian12:nonroot»\n${rest}`,
      messages: ['distroless on Debian 12 has had no security fixes since 2026-09-30.'],
      fixed: `${build}FROM gcr.io/distroless/static-debian13:nonroot\n${rest}`,
    },
    {
      name: 'distroless that ended long ago',
      code: `${build}FROM «gcr.io/distroless/base-debian10»\n${rest}`,
      messages: ['distroless on Debian 10 gets no security fixes any more.'],
      fixed: `${build}FROM gcr.io/distroless/base-debian13\n${rest}`,
    },
    {
      name: 'packages of a Debian that has ended, but is still on the mirrors',
      code: `${build}FROM «debian:11-slim»\n${install}${rest}`,
      messages: ['Debian 11 has had no security fixes since 2026-08-31.'],
      fixed: `${build}FROM debian:13-slim\n${install}${rest}`,
      severity: 'warning',
    },
    {
      name: 'packages of an archived Debian',
      code: `${build}FROM «debian:10-slim»\n${install}${rest}`,
      messages: [`Debian 10 ${archived}`],
      fixed: `${build}FROM debian:13-slim\n${install}${rest}`,
      severity: 'error',
    },
    {
      name: 'packages of an archived Debian in the build stage',
      code: `FROM «golang:1.17-buster» AS b\n${install}COPY . .\nRUN go build -o /app .\nFROM scratch\n${rest}`,
      messages: [`Debian 10 ${archived}`],
      fixed: `FROM golang:1.27 AS b\n${install}COPY . .\nRUN go build -o /app .\nFROM scratch\n${rest}`,
      severity: 'error',
    },
    {
      name: 'with other mirrors it is a warning',
      code: `${build}FROM «debian:10-slim»\nRUN sed -i s/deb.debian.org/archive.debian.org/ /etc/apt/sources.list\n${install}${rest}`,
      messages: ['Debian 10 has had no security fixes since 2024-06-30.'],
      fixed: `${build}FROM debian:13-slim\nRUN sed -i s/deb.debian.org/archive.debian.org/ /etc/apt/sources.list\n${install}${rest}`,
      severity: 'warning',
    },
    {
      name: 'with sources of the context too',
      code: `${build}FROM «debian:10-slim»\nCOPY sources.list /etc/apt/\n${install}${rest}`,
      messages: ['Debian 10 has had no security fixes since 2024-06-30.'],
      fixed: `${build}FROM debian:13-slim\nCOPY sources.list /etc/apt/\n${install}${rest}`,
      severity: 'warning',
    },
  ],
});

describe('no-eol-base-image and the day', () => {
  const found = (today: string, image: string) =>
    analyze(`${build}FROM ${image}\n${rest}`, projectOf(undefined), { ...defaultConfig, today }).findings.filter(
      ({ rule }) => rule === 'no-eol-base-image',
    );

  it('tells an end that comes within a year of the table, later too, but then knows no newest release', () => {
    assert.deepEqual(found('2027-04-30', 'alpine:3.22').length, 0);
    assert.deepEqual(found('2027-05-02', 'alpine:3.22')[0]?.fixes.length, 1);
    assert.deepEqual(found('2030-01-01', 'alpine:3.22')[0]?.fixes.length, 0);
  });

  it('is quiet about ends that may have moved, and about releases that it does not know', () => {
    for (const image of ['alpine:3.24', 'alpine:3.30', 'debian:trixie', 'debian:15'])
      assert.equal(found('2031-01-01', image).length, 0, image);
  });
});
