import { deepEqual } from 'node:assert/strict';
import { analyze } from '../../server/analysis/analyze.ts';
import { noProject } from '../../server/analysis/go/no-project.ts';

describe('findings', () => {
  it('are told once where two images start from one base', () => {
    const text = `FROM golang:1.27 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch AS base
COPY --from=build /app /app

FROM base AS a
ENTRYPOINT ["/app"]

FROM base AS b
ENTRYPOINT ["/app", "b"]
`;
    const roots = analyze(text, noProject).findings.filter(({ rule }) => rule === 'no-root-user');
    deepEqual(
      roots.map(({ range }) => range.start.line),
      [5],
    );
  });
});
