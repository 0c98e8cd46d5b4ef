import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Dockerfile } from '../../../server/analysis/dockerfile/model.ts';
import { parseDockerfile } from '../../../server/analysis/dockerfile/parse.ts';

const lines = [
  '# syntax=docker/dockerfile:1',
  '# escape=`',
  '# comment',
  '#',
  '',
  '   ',
  'FROM golang:1.25 AS build',
  'FROM --platform=$BUILDPLATFORM build',
  'ARG A=b',
  'ENV A="b c" D=$A',
  'COPY --from=build --link a b /c/',
  'COPY <<A <<"B" /d/',
  'RUN --mount=type=cache,target=/x go build \\',
  'RUN <<EOF',
  'RUN cat <<-A && x',
  '  # inside \\',
  '  -o /app . \\',
  '  -o /app .',
  '\tA',
  'A',
  'B',
  'EOF',
  'ONBUILD RUN x',
  'ONBUILD',
  'ENTRYPOINT ["/app", "x"]',
  'CMD /app`',
  'run\\',
  'x \\ ',
  'RUN a `',
  '"',
];

const text = fc
  .array(fc.tuple(fc.constantFrom(...lines), fc.constantFrom('\n', '\n', '\n', '\r\n', '\r')), { maxLength: 24 })
  .map((parts) => parts.flat().join(''));

/** A cut and what takes its place, both as shares of the text. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat({ max: 20 }),
  typed: fc.oneof(
    fc.constantFrom('', 'x', ' ', '\\', '\n', '#', '<<A', '"', '`', '\r', '--x=y ', '\\\n', 'A\n', 'FROM a\n'),
    fc.constantFrom(...lines).map((line) => `${line}\n`),
  ),
});

const read = ({ source, split, ...rest }: Dockerfile) => ({ ...rest, spans: split.instructions });

describe('a text after an edit', () => {
  it('is read as if it were new', () => {
    fc.assert(
      fc.property(text, fc.array(edit, { minLength: 1, maxLength: 6 }), (first, edits) => {
        let before = parseDockerfile(first);
        for (const { at, length, typed } of edits) {
          const { content } = before.source;
          const start = Math.floor(at * content.length);
          const after = content.slice(0, start) + typed + content.slice(start + length);
          before = parseDockerfile(after, before);
          assert.deepEqual(read(before), read(parseDockerfile(after)));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('keeps what stays in its place', () => {
    const code = (comment: string): string =>
      `FROM a\nRUN x\nRUN y ${comment}\nRUN z\nRUN z <<E\n# ${comment}\nE\nRUN q\n`;
    const before = parseDockerfile(code('b'));
    const [from, x, y, z, heredoc, q] = before.instructions;
    const after = parseDockerfile(code('b').replace('RUN x', 'RUN xx'), before).instructions;
    assert.deepEqual([after[0], after[3], after[4], after[5]], [from, z, heredoc, q]);
    assert.equal(after[0], from);
    assert.equal(after[5], q);
    assert.notEqual(after[1], x);
    assert.equal(parseDockerfile(code('c'), before).instructions[1], x);
    assert.notEqual(parseDockerfile(code('c'), before).instructions[2], y);
  });
});
