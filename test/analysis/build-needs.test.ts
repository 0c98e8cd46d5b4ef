import assert from 'node:assert/strict';
import { buildNeeds } from '../../server/analysis/build-needs.ts';
import { parseDockerfile } from '../../server/analysis/dockerfile/parse.ts';
import { budgetIn, parseSize } from '../../server/analysis/size-budget.ts';

const needs = (text: string) => buildNeeds(parseDockerfile(text));
const asked = (text: string): readonly string[] => needs(text).args.flatMap((arg) => (arg.asked ? [arg.name] : []));

describe('what a build needs', () => {
  it('is an ARG in use without a default', () => {
    assert.deepEqual(asked('FROM golang\nARG VERSION\nRUN go build -ldflags="-X main.v=$VERSION"\n'), ['VERSION']);
    assert.deepEqual(asked('ARG BASE\nFROM ${BASE}\n'), ['BASE']);
    assert.deepEqual(asked('FROM golang\nARG A\nARG A=1\nRUN echo $A\n'), []);
  });

  it('is not an ARG that has a value, that nobody uses, or that BuildKit sets', () => {
    assert.deepEqual(asked('ARG GO=1.26\nFROM golang:$GO\nARG GO\nRUN echo $GO\n'), []);
    assert.deepEqual(asked('FROM golang\nARG UNUSED\nRUN echo $UNUSED_TOO\n'), []);
    assert.deepEqual(asked('FROM golang\nARG V\nRUN echo ${V:-dev}\n'), []);
    assert.deepEqual(asked('FROM golang\nARG TARGETARCH\nARG HTTP_PROXY\nRUN GOARCH=$TARGETARCH go build\n'), []);
  });

  it('is every secret and agent that a mount asks for, once', () => {
    const text = `FROM golang AS build
RUN --mount=type=secret,id=netrc,target=/root/.netrc --mount=type=ssh go mod download
RUN --mount=type=secret,id=netrc,required=true --mount=type=secret,target=/run/token go build
FROM scratch AS app
`;
    const { secrets, ssh, targets } = needs(text);
    assert.deepEqual(secrets, [
      { id: 'netrc', required: true },
      { id: 'token', required: false },
    ]);
    assert.deepEqual([ssh, targets], [['default'], ['build', 'app']]);
  });
});

describe('a size budget', () => {
  it('reads sizes', () => {
    const read = ['20MB', '1.5 GB', '300MiB', '5000', '10k', ' 7mb '].map(parseSize);
    assert.deepEqual(read, [20e6, 1.5e9, 300 * 1024 ** 2, 5000, 10e3, 7e6]);
    assert.deepEqual(['', 'big', '-1MB', '1TBx'].map(parseSize), [undefined, undefined, undefined, undefined]);
  });

  it('stands in a comment', () => {
    assert.equal(budgetIn(parseDockerfile('# go-dockerfile budget=20MB\nFROM scratch\n')), 20e6);
    assert.equal(budgetIn(parseDockerfile('FROM scratch\nRUN echo "# go-dockerfile budget=20MB"\n')), undefined);
  });
});
