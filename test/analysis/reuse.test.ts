import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Analysis, analyze } from '../../server/analysis/analyze.ts';
import { projectOf } from '../support/project.ts';

const project = projectOf({
  'go.mod': 'module example.com/app\n\ngo 1.25\n',
  'main.go': 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe("", nil) }\n',
});

const code = `# syntax=docker/dockerfile:1
ARG GO=1.25
FROM golang:$GO AS base
WORKDIR /src
ENV CGO_ENABLED=0

FROM base AS build
COPY . .
RUN go build -o /out/app . && \\
    cp /out/app /app

FROM golang:1.25 AS tool
RUN go install example.com/tool@latest
WORKDIR /src
COPY . .
RUN CGO_ENABLED=1 go build -o /app .

FROM golang:1.25 AS debugger
RUN go install example.com/debugger@latest

FROM scratch AS debug
COPY --from=debugger /go/bin/debugger /debugger

FROM scratch AS one
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]

FROM alpine:3.22
COPY --from=tool /app /app
COPY --from=build /app /other
USER nobody
ENTRYPOINT ["/app"]
`;

const edit = fc.record({
  at: fc.nat({ max: code.length }),
  length: fc.nat({ max: 6 }),
  typed: fc.constantFrom(
    '',
    '',
    'x',
    '1',
    '\n',
    ' \\\n',
    '/',
    '-tool',
    'build',
    'base',
    'debug',
    'USER 1\n',
    'FROM build AS two\n',
  ),
});

const seen = ({ findings, trace }: Analysis) => ({
  findings,
  roles: trace.stages.map(({ role, usedBy }) => [role, usedBy]),
  binaries: trace.stages.map(({ binaries }) => binaries.map(({ path, linkage }) => [path, linkage])),
});

describe('an analysis after an edit', () => {
  it('says what it says of a new text', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
        let before = analyze(code, project);
        for (const { at, length, typed } of edits) {
          const { content } = before.dockerfile.source;
          const text = content.slice(0, at) + typed + content.slice(at + length);
          before = analyze(text, project, undefined, before);
          assert.deepEqual(seen(before), seen(analyze(text, project)));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('walks only the stages that the edit reaches', () => {
    const before = analyze(code, project);
    const after = analyze(code.replace('cp /out/app', 'mv /out/app'), project, undefined, before);
    const kept = after.trace.stages.map((stage, index) => stage === before.trace.stages[index]);
    assert.deepEqual(kept, [true, false, true, true, true, false, false]);
  });

  it('knows that what a stage is for changes with the name of the one that uses it', () => {
    const before = analyze(code, project);
    const text = code.replace('AS debug\n', 'AS server\n');
    const after = analyze(text, project, undefined, before);
    assert.deepEqual(seen(after), seen(analyze(text, project)));
    assert.deepEqual([before.trace.stages[3]?.role, after.trace.stages[3]?.role], ['development', 'intermediate']);
  });

  it('walks everything when the facts are others', () => {
    const before = analyze(code, project);
    const after = analyze(code, { ...project }, undefined, before);
    assert.ok(after.trace.stages.every((stage, index) => stage !== before.trace.stages[index]));
  });
});
