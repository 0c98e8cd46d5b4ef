import assert from 'node:assert/strict';
import { fixAll } from '../../server/analysis/analyze.ts';
import { onDataDay } from '../support/day.ts';
import { projectOf } from '../support/project.ts';

const image = (build: string): string => `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 \\
    ${build} \\
    -o /app .

FROM scratch
COPY --from=build /app /app
USER 65532:65532
ENTRYPOINT ["/app"]
`;

describe('all safe fixes together', () => {
  it('leave no empty line of a command whose words all go', () => {
    const { text } = fixAll(image('go build \\\n    -a -installsuffix cgo'), projectOf({}), onDataDay);
    assert.equal(text, image('go build'));
  });

  it('leave a comment over the instruction it is for', () => {
    const bad = 'FROM golang:1.21\n# The source\n# hadolint ignore=DL3010\nCOPY . .\nRUN go build -o /app .\n';
    const { text } = fixAll(bad, projectOf({ 'go.mod': 'module example.com/app\n\ngo 1.21\n' }), onDataDay);
    assert.equal(text, bad.replace('# The', 'WORKDIR /src\n# The'));
  });
});
