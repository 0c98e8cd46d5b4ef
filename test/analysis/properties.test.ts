import assert from 'node:assert/strict';
import fc from 'fast-check';
import { analyze, fixAll } from '../../server/analysis/analyze.ts';
import type { Caller } from '../../server/analysis/caller.ts';
import { applyEdits } from '../../server/analysis/edits.ts';
import { onDataDay } from '../support/day.ts';
import { type Files, projectOf } from '../support/project.ts';

/** Pieces of Go Dockerfiles that, put together at random, reach every rule and every step of the trace. */
const pieces = [
  'FROM golang:1.22 AS build',
  'FROM golang:latest',
  'FROM golang:1.22-slim',
  'FROM golang:1.26-alpine AS build',
  'FROM scratch',
  'FROM alpine',
  'FROM alpine:3.24',
  'FROM gcr.io/distroless/static-debian13:nonroot',
  'FROM build',
  'FROM ${BASE:-golang}:${V:-1.24}',
  'ARG V=1.25',
  'ARG BASE',
  'ARG TARGETARCH',
  'ENV CGO_ENABLED=1',
  'ENV A=1 B="$A x"',
  'WORKDIR /src',
  'WORKDIR app',
  'WORKDIR /root/',
  'COPY . .',
  'COPY go.mod go.sum ./',
  'COPY --from=build /app /app',
  'COPY --from=0 --chown=1:1 /src/app /app/',
  'COPY --link --from=nowhere a b',
  'ADD x.tar.gz /',
  'COPY <<EOF /e.sh\nhi\nEOF',
  'RUN go mod download',
  'RUN go build -o /app .',
  'RUN CGO_ENABLED=0 GOOS=linux \\\n  # why\n  go build -ldflags="-s -w" -o app ./...',
  'RUN --mount=type=cache,target=/root/.cache/go-build --mount=target=. go build -o /out/ ./cmd/x',
  'RUN --mount=type=cache,target=/go/pkg/mod go mod download',
  'RUN --mount=type=cache,target=/go/pkg/mod,id=x --mount=type=cache,target=/root/.cache/go-build \\\n  go build -o /app .',
  'RUN cd cmd && go build',
  'RUN <<EOF\nset -e\nexport CGO_ENABLED=0\ngo build -o /app\nEOF',
  'RUN if [ -n "$X" ]; then go build -race; else make; fi',
  'RUN sh -c "go build -o /app . && rm -rf /src"',
  'RUN apk add --no-cache gcc musl-dev',
  'RUN cp /app /bin/x && mv /bin/x /y',
  'RUN ["go", "build", "-o", "/app"]',
  'RUN ln -s /app /bin/app; chmod +x /app || true',
  'USER 65532',
  'USER root',
  'USER $U',
  'ENTRYPOINT ["/app"]',
  'ENTRYPOINT /app --x',
  'CMD ["./app"]',
  'CMD app $PORT',
  'HEALTHCHECK CMD curl localhost',
  'EXPOSE 80',
  'SHELL ["/bin/bash", "-c"]',
  'ONBUILD COPY . .',
  '# go-dockerfile ignore=no-root-user',
  '# escape=`',
  '',
  'RUN \\',
  '}{',
];

const files: Files = {
  'go.mod':
    'module example.com/app/v2\n\ngo 1.26.1\n\nrequire example.com/dep v1.0.0\n\nrequire example.com/far v1.0.0\n\nreplace example.com/dep => ./dep\n',
  'go.sum': '',
  'main.go': 'package main\n\nimport "net/http"\n\nvar _ = http.Get\n\nfunc main() {}\n',
  'cmd/x/main.go': 'package main\n\nfunc main() {}\n',
  'dep/go.mod': 'module example.com/dep\n',
};
const nowhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const called = (name: string, args: Readonly<Record<string, string | undefined>>): Caller => ({
  path: 'compose.yaml',
  range: nowhere,
  name,
  args: new Map(Object.entries(args)),
  target: undefined,
  platforms: [],
});
const callers = [
  called('a', { V: '1.20', BASE: 'alpine' }),
  called('b', { V: undefined, BASE: 'golang:1.26', TARGETARCH: 'x' }),
];
const hidden = { ...files, '.dockerignore': '*\n!cmd\n' };
const projects = [projectOf(undefined), projectOf(files), projectOf(hidden), { ...projectOf(files), callers }];

const dockerfile = fc
  .tuple(fc.array(fc.constantFrom(...pieces), { maxLength: 25 }), fc.constantFrom('\n', '\r\n'))
  .map(([lines, newline]) => lines.join('\n').replaceAll('\n', newline));

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc
    .array(fc.constantFrom(...pieces, '\\', '"', "'", '$', '${', '<<', '`', '[', '\u0000', '\ufeff', '\r', '&&', '|'), {
      maxLength: 60,
    })
    .map((parts) => parts.join('')),
);

const within = (text: string, line: number, character: number): boolean => {
  const lines = text.split(/\r\n|\r|\n/);
  return line >= 0 && line < lines.length && character >= 0 && character <= (lines[line]?.length ?? 0) + 1;
};

describe('properties of the core', () => {
  it('any text: no throw, an end, ranges in the document', () => {
    fc.assert(
      fc.property(fc.oneof(anything, dockerfile), fc.constantFrom(...projects), (text, project) => {
        for (const { range, fixes, related } of analyze(text, project, onDataDay).findings) {
          for (const each of [
            range,
            ...related.filter(({ file }) => file === undefined).map((step) => step.range),
            ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.range)),
          ]) {
            assert.ok(within(text, each.start.line, each.start.character), `start of ${JSON.stringify(each)}`);
            assert.ok(each.end.line <= text.split(/\r\n|\r|\n/).length, `end of ${JSON.stringify(each)}`);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the edits of one fix do not overlap', () => {
    fc.assert(
      fc.property(dockerfile, fc.constantFrom(...projects), (text, project) => {
        const analysis = analyze(text, project, onDataDay);
        const { source } = analysis.dockerfile;
        for (const { edits } of analysis.findings.flatMap(({ fixes }) => fixes)) {
          const spans = edits.map(({ range }) => [source.offset(range.start), source.offset(range.end)] as const);
          spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
          for (const [index, span] of spans.slice(1).entries()) assert.ok(span[0] >= (spans[index]?.[1] ?? 0));
          assert.equal(typeof applyEdits(source, edits), 'string');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('fix-all twice is once', () => {
    fc.assert(
      fc.property(dockerfile, fc.constantFrom(...projects), (text, project) => {
        const once = fixAll(text, project, onDataDay);
        const twice = fixAll(once.text, project, onDataDay);
        assert.equal(twice.text, once.text);
        assert.equal(twice.applied, 0);
      }),
      { numRuns: 300 },
    );
  });
});
