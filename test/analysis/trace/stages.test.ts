import assert from 'node:assert/strict';
import type { StageTrace } from '../../../server/analysis/trace/model.ts';
import { lastStage, shown, traceOf } from './traced.ts';

const baseText = ({ base }: StageTrace): string => {
  if (base.kind === 'stage') return `stage ${base.stage.stage.name ?? base.stage.stage.index}`;
  return base.kind === 'image' ? base.reference : `? ${base.reference ?? ''}`.trim();
};

const digest = `sha256:${'0'.repeat(64)}`;

/** Dockerfiles, and what their last stage starts from. */
const bases: readonly (readonly [string, string, string])[] = [
  ['an image', 'FROM golang:1.26', 'golang:1.26'],
  ['a quoted one', 'FROM "golang:1.26"', 'golang:1.26'],
  ['with a digest', `FROM golang:1.26@${digest}`, `golang:1.26@${digest}`],
  [
    'a registry with its slash in the value',
    'ARG REGISTRY=docker.io/library/\nFROM ${REGISTRY}golang:1.26',
    'docker.io/library/golang:1.26',
  ],
  ['a version', 'ARG V=1.26\nFROM golang:$V-alpine', 'golang:1.26-alpine'],
  ['a version in quotes', 'ARG V="1.26"\nFROM golang:${V}', 'golang:1.26'],
  ['an ARG made of an ARG', 'ARG V=1.26\nARG IMAGE=golang:${V}\nFROM ${IMAGE}', 'golang:1.26'],
  ['without its prefix', 'ARG V=v1.26\nFROM golang:${V#v}', 'golang:1.26'],
  ['a fallback', 'FROM golang:${V:-1.26}', 'golang:1.26'],
  ['an ARG without default', 'ARG V\nFROM golang:$V', '?'],
  ['a placeholder', 'ARG BASE=none\nFROM $BASE', '?'],
  ['a placeholder that is a name of a stage', 'ARG BASE=base\nFROM golang:1.26 AS base\nFROM $BASE', 'stage base'],
  ['a stage', 'FROM golang:1.26 AS base\nFROM base', 'stage base'],
  ['a stage in other letters', 'FROM golang:1.26 AS Base\nFROM BASE', 'stage base'],
  ['a stage picked by an ARG', 'ARG T=server\nFROM alpine:3.24 AS app-server\nFROM app-${T}', 'stage app-server'],
  ['a stage picked by the platform', 'FROM alpine:3.24 AS app-linux\nFROM app-${TARGETOS}', '?'],
  ['a digit is an image', 'FROM golang:1.26\nFROM 0', '? 0'],
  ['a stage of an image’s name', 'FROM golang:1.26 AS alpine\nFROM alpine', 'stage alpine'],
  ['a later stage is an image', 'FROM later\nFROM golang:1.26 AS later', 'golang:1.26'],
  ['an ARG inside a stage does not reach FROM', 'FROM golang:1.26\nARG V=3.24\nFROM alpine:$V', '? alpine:'],
  ['escape and syntax directives', '# syntax=docker/dockerfile:1\n# escape=`\nFROM golang:1.26', 'golang:1.26'],
  ['a comment behind a licence is no directive', '# Licence\n\n# escape=`\nFROM golang:1.26', 'golang:1.26'],
  ['trailing words of ARG are further names', 'ARG V=1.26 # the version\nFROM golang:$V', 'golang:1.26'],
];

/** Dockerfiles, and user, working directory and the variable A at the end of their last stage. */
const states: readonly (readonly [string, string, { user?: string; workdir?: string; a?: string }])[] = [
  ['golang starts in /go as root', 'FROM golang:1.26', { user: 'root', workdir: '/go' }],
  ['scratch starts in / as 0', 'FROM scratch', { user: '0', workdir: '/' }],
  ['distroless nonroot', 'FROM gcr.io/distroless/static-debian13:nonroot', { user: '65532', workdir: '/home/nonroot' }],
  ['an image nobody described', 'FROM example.org/x', { user: '?', workdir: '?', a: '?' }],
  ['WORKDIR', 'FROM golang:1.26\nWORKDIR /src', { workdir: '/src' }],
  ['a relative WORKDIR', 'FROM golang:1.26\nWORKDIR /src\nWORKDIR a/../b', { workdir: '/src/b' }],
  ['a relative WORKDIR from the base’s own', 'FROM golang:1.26\nWORKDIR src', { workdir: '/go/src' }],
  ['a relative WORKDIR from nowhere', 'FROM example.org/x\nWORKDIR src', { workdir: '?' }],
  ['WORKDIR by a variable of the image', 'FROM golang:1.26\nWORKDIR $GOPATH/src/x', { workdir: '/go/src/x' }],
  ['WORKDIR by ENV', 'FROM golang:1.26\nENV A=/opt\nWORKDIR $A', { workdir: '/opt' }],
  ['USER', 'FROM alpine:3.24\nUSER app:app', { user: 'app:app' }],
  ['USER by an ARG default', 'FROM alpine:3.24\nARG U=1000\nUSER $U', { user: '1000' }],
  ['USER by an ARG without default', 'FROM alpine:3.24\nARG U\nUSER $U', { user: '?' }],
  [
    'a stage takes over all of it',
    'FROM alpine:3.24 AS b\nUSER 1000\nWORKDIR /x\nENV A=1\n\nFROM b',
    { user: '1000', workdir: '/x', a: '1' },
  ],
  [
    'another stage nothing',
    'FROM alpine:3.24 AS b\nUSER 1000\nENV A=1\n\nFROM alpine:3.24',
    { user: 'root', a: 'unset' },
  ],
  ['ENV', 'FROM alpine:3.24\nENV A=1 B=2', { a: '1' }],
  ['ENV in the old form is one variable', 'FROM alpine:3.24\nENV A one two', { a: 'one two' }],
  ['ENV over lines', 'FROM alpine:3.24\nENV B=1 \\\n  # why\n  A=2', { a: '2' }],
  ['ENV sees the values before it', 'FROM alpine:3.24\nENV A=1\nENV A=2 B=$A\nENV A=$B', { a: '1' }],
  ['ARG in its stage', 'FROM alpine:3.24\nARG A=1', { a: '1' }],
  ['a global ARG is not seen', 'ARG A=1\nFROM alpine:3.24', { a: 'unset' }],
  ['unless the stage asks for it', 'ARG A=1\nFROM alpine:3.24\nARG A', { a: '1' }],
  ['the stage’s own default wins', 'ARG A=1\nFROM alpine:3.24\nARG A=2', { a: '2' }],
  ['ARG without default', 'FROM alpine:3.24\nARG A', { a: '?' }],
  ['ENV beats a later ARG', 'FROM alpine:3.24\nENV A=1\nARG A=2', { a: '1' }],
  ['ENV beats an earlier ARG', 'FROM alpine:3.24\nARG A=2\nENV A=1', { a: '1' }],
  ['export does not outlive its RUN', 'FROM alpine:3.24\nRUN export A=1', { a: 'unset' }],
  ['single quotes keep the dollar', "FROM alpine:3.24\nENV B=1\nENV A='$B'", { a: '$B' }],
  ['an escaped dollar', 'FROM alpine:3.24\nENV A=\\$B', { a: '$B' }],
  ['lines that end in CR LF', 'FROM alpine:3.24\r\nENV A=1\r\nUSER 5\r\n', { a: '1', user: '5' }],
];

describe('what a stage starts from', () => {
  for (const [name, code, expected] of bases) {
    it(name, () => assert.equal(baseText(lastStage(traceOf(`${code}\n`))), expected));
  }
});

describe('user, working directory and environment of a stage', () => {
  for (const [name, code, expected] of states) {
    it(name, () => {
      const stage = lastStage(traceOf(code));
      const found = { user: shown(stage.user), workdir: shown(stage.workdir), a: shown(stage.env.get('A')) };
      assert.deepEqual({ ...found, ...expected }, found);
    });
  }
});
