import assert from 'node:assert/strict';
import { DockerfileParser } from 'dockerfile-ast';
import fc from 'fast-check';
import { plainText } from '../../../server/analysis/dockerfile/misread.ts';
import { skeletonOf } from '../../../server/analysis/dockerfile/skeleton.ts';
import { dockerfiles } from '../../fuzz/dockerfiles.ts';
import { texts } from './texts.ts';

/** Instructions of which the library's words are asked for. */
const withWords = /^(?:ADD|COPY|EXPOSE|FROM|HEALTHCHECK|VOLUME)$/;

/** Where dockerfile-ast has the instructions of a text: start, end of the keyword, end, and the words of some. */
function placesIn(text: string): readonly (readonly [keyword: string, ...offsets: number[]])[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
  const at = ({ line, character }: { line: number; character: number }): number => (starts[line] ?? 0) + character;
  return DockerfileParser.parse(text)
    .getInstructions()
    .map((instruction) => {
      const [range, keyword] = [instruction.getRange(), instruction.getInstructionRange()];
      const words = withWords.test(instruction.getKeyword()) ? instruction.getArguments() : [];
      const ends = words.flatMap((word) => [at(word.getRange().start), at(word.getRange().end)]);
      return [instruction.getKeyword(), at(range.start), at(keyword.end), at(range.end), ...ends];
    });
}

/** Fails unless a text's instructions are where the library finds them without a skeleton. */
function assertSame(text: string): void {
  for (const escapeChar of ['\\', '`'] as const) {
    const directive = escapeChar === '`' ? '# escape=`\n' : '';
    const plain = directive + plainText(text, escapeChar);
    const skeleton = skeletonOf(plain, escapeChar);
    const back = placesIn(skeleton.text).map(([keyword, ...offsets]) => [keyword, ...offsets.map(skeleton.offset)]);
    assert.deepEqual(back, placesIn(plain), JSON.stringify(text));
  }
}

const cases: Readonly<Record<string, string>> = {
  'lines that escapes join': 'RUN a \\\n  b \\\n\nUSER x\nRUN c\n',
  'an escape at once': 'RUN \\\n  a\nUSER b\n',
  'blanks behind an escape': 'RUN a \\ \t\n b\nUSER c\n',
  'an escape within a line': 'RUN a \\ b\nENV c=\\d\nUSER e\n',
  'an escape at the end of the text': 'RUN a \\',
  'an escape and empty lines at the end': 'RUN a \\\n\n  \n',
  'a keyword on a line that goes on': 'COPY a \\\n RUN b c\nEXPOSE \\\n\n ENV c d\nUSER d\n',
  'comments among the lines': 'RUN a \\\n# USER b\n  c\n# RUN d \\\nUSER e\n',
  'no arguments': 'RUN\nUSER \nENV\t\nRUN a\n',
  'a broken keyword': 'RU\\\nN a\nUSER b\n',
  'windows lines': 'RUN a \\\r\n  b\r\nUSER c\r\n',
  'lone carriage returns': 'RUN a\rUSER b\r',
  'a heredoc, and what looks like instructions in it': 'RUN a\nRUN <<EOF\nRUN b \\\nEOF\nUSER c\n',
  'any case': 'run a b\nUser c\n',
  flags: 'RUN --mount=type=cache,target=/a \\\n --network=none b --c\nUSER d\n',
};

describe('the skeleton of a Dockerfile', () => {
  for (const [name, text] of Object.entries(cases)) it(`has the same instructions: ${name}`, () => assertSame(text));

  it('has the same instructions whatever the text', () => {
    fc.assert(fc.property(texts, assertSame), { numRuns: 2000 });
    fc.assert(fc.property(dockerfiles, assertSame), { numRuns: 500 });
  });

  it('is short', () => {
    const { text } = skeletonOf('FROM a\nRUN go build -o /x \\\n  ./cmd\nCOPY a b\n', '\\');
    assert.equal(text, 'FROM a\nRUN x\nCOPY a b\n');
  });
});
