import assert from 'node:assert/strict';
import { analyze } from '../../../server/analysis/analyze.ts';
import { programs } from '../../support/programs.ts';
import { projectOf } from '../../support/project.ts';

const findings = (text: string) =>
  analyze(text, projectOf(programs.web)).findings.filter(({ rule }) => rule === 'require-static-binary');

const stages = (platform: string, build: string): string => `FROM alpine:3.24 AS files
FROM ${platform}golang:1.26 AS base
FROM base AS tools
FROM tools AS build
WORKDIR /src
COPY . .
${build}

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`;

describe('the chain through FROM stage', () => {
  it('names the FROM of the image that has the compiler, not the first of the file', () => {
    const [found] = findings(stages('', 'RUN go build -o /app .'));
    assert.equal(found?.severity, 'error');
    assert.equal(found?.related[0]?.range.start.line, 1);
  });

  it('finds the build platform of the image below: another architecture is built statically', () => {
    const build = 'ARG TARGETARCH\nRUN GOARCH=$TARGETARCH go build -o /app .';
    assert.equal(findings(stages('--platform=$BUILDPLATFORM ', build))[0]?.severity, 'warning');
    assert.equal(findings(stages('', build))[0]?.severity, 'error');
  });
});
