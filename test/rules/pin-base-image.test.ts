import { pinBaseImage } from '../../server/analysis/rules/pin-base-image.ts';
import { programs } from '../support/programs.ts';
import { testRule } from '../support/test-rule.ts';

const rest = 'WORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\n';

testRule(pinBaseImage, {
  valid: [
    { name: 'a version', code: `FROM golang:1.26\n${rest}` },
    { name: 'a Go version that floats within its minor version', code: `FROM golang:1.26-alpine\n${rest}` },
    { name: 'a digest', code: `FROM golang@sha256:${'0'.repeat(64)}\n${rest}` },
    ...['alpine3.9', 'alpine3.13', 'bullseye'].map((tag) => ({
      name: `a release that gets no new Go: ${tag}`,
      code: `FROM golang:${tag}\n${rest}`,
    })),
    { name: 'scratch', code: `FROM golang:1.26 AS b\n${rest}FROM scratch\nCOPY --from=b /app /app\n` },
    { name: 'an earlier stage called like an image', code: `FROM golang:1.26 AS alpine\n${rest}FROM alpine\n` },
    { name: 'an ARG without default', code: `ARG TAG\nFROM golang:\${TAG}\n${rest}` },
    { name: 'an ARG default that is a version', code: `ARG TAG=1.26\nFROM golang:\${TAG}\n${rest}` },
    {
      name: 'a placeholder',
      code: `ARG BASE=none\nFROM golang:1.26 AS b\n${rest}FROM \${BASE}\nCOPY --from=b /app /app\n`,
    },
    {
      name: 'an image nobody described',
      code: `FROM golang:1.26 AS b\n${rest}FROM example.com/base\nCOPY --from=b /app /app\n`,
    },
    {
      name: 'distroless with its Debian release',
      code: `FROM golang:1.26 AS b\n${rest}FROM gcr.io/distroless/static-debian13\nCOPY --from=b /app /app\n`,
    },
    {
      name: 'and a tag',
      code: `FROM golang:1.26 AS b\n${rest}FROM gcr.io/distroless/static-debian12:debug-nonroot\nCOPY --from=b /app /app\n`,
    },
    {
      name: 'distroless with a digest',
      code: `FROM golang:1.26 AS b\n${rest}FROM gcr.io/distroless/static:nonroot@sha256:${'0'.repeat(64)}\nCOPY --from=b /app /app\n`,
    },
    {
      name: 'a tag of distroless that is not followed',
      code: `FROM golang:1.26 AS b\n${rest}FROM gcr.io/distroless/static:nonroot-arm64\nCOPY --from=b /app /app\n`,
    },
    {
      name: 'an image of distroless nobody described',
      code: `FROM golang:1.26 AS b\n${rest}FROM gcr.io/distroless/python3:nonroot\nCOPY --from=b /app /app\n`,
    },
    { name: 'a major version of golang that floats', code: `FROM golang:1-alpine\n${rest}` },
    {
      name: 'Chainguard has no tags by version',
      code: `FROM golang:1.26 AS b\n${rest}FROM cgr.dev/chainguard/static\nCOPY --from=b /app /app\n`,
    },
    { name: 'a Dockerfile without Go', code: 'FROM node\nRUN npm ci\n' },
  ],
  invalid: [
    {
      name: 'a mirror of the golang image',
      files: programs.hello,
      code: `FROM «public.ecr.aws/docker/library/golang»\n${rest}`,
      messages: ['public.ecr.aws/docker/library/golang means another image after every release.'],
      fixed: `FROM public.ecr.aws/docker/library/golang:1.26\n${rest}`,
    },
    {
      name: 'golang:latest gets the version of go.mod',
      files: programs.hello,
      code: `FROM «golang:latest»\n${rest}`,
      messages: ['golang:latest means another image after every release.'],
      fixed: `FROM golang:1.26\n${rest}`,
      severity: 'warning',
    },
    {
      name: 'a variant of golang without a version',
      files: programs.hello,
      code: `FROM «golang:alpine»\n${rest}`,
      messages: ['golang:alpine means another image after every release.'],
      fixed: `FROM golang:1.26-alpine\n${rest}`,
    },
    {
      name: 'alpine without a tag',
      code: `FROM golang:1.26 AS b\n${rest}FROM «alpine»\nCOPY --from=b /app /app\n`,
      messages: ['alpine means another image after every release.'],
      fixed: `FROM golang:1.26 AS b\n${rest}FROM alpine:3.24\nCOPY --from=b /app /app\n`,
    },
    ...['', ':latest', ':nonroot', ':debug', ':debug-nonroot'].map((tag) => ({
      name: `distroless${tag}`,
      code: `FROM golang:1.26 AS b\n${rest}FROM «gcr.io/distroless/static${tag}»\nCOPY --from=b /app /app\n`,
      messages: [`gcr.io/distroless/static${tag} moves to the next Debian release by itself.`],
      fixed: `FROM golang:1.26 AS b\n${rest}FROM gcr.io/distroless/static-debian13${tag}\nCOPY --from=b /app /app\n`,
      severity: 'information' as const,
    })),
    {
      name: 'distroless by way of an ARG',
      code: `ARG TAG=nonroot\nFROM golang:1.26 AS b\n${rest}FROM «gcr.io/distroless/base:\${TAG}»\nCOPY --from=b /app /app\n`,
      messages: ['gcr.io/distroless/base:nonroot moves to the next Debian release by itself.'],
    },
    {
      name: 'latest in an ARG default',
      files: programs.hello,
      code: `ARG V=latest\nFROM «golang:\${V}»\n${rest}`,
      messages: ['golang:latest means another image after every release.'],
      fixed: `ARG V=1.26\nFROM golang:\${V}\n${rest}`,
    },
  ],
});
