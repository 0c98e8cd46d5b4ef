import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { lineEdits } from '../../server/lsp/line-edits.ts';

const apply = (before: string, after: string): string =>
  TextDocument.applyEdits(TextDocument.create('file:///d', 'dockerfile', 1, before), [...lineEdits(before, after)]);

describe('line edits', () => {
  it('leave the lines that stay alone', () => {
    const before = 'FROM golang\nRUN a\nRUN b\nRUN c\n';
    const after = 'FROM golang:1.25\nRUN a\nENV X=1\nRUN b\nRUN c\n';
    assert.deepEqual(
      lineEdits(before, after).map(({ range, newText }) => [range.start.line, range.end.line, newText]),
      [
        [0, 1, 'FROM golang:1.25\n'],
        [2, 2, 'ENV X=1\n'],
      ],
    );
    assert.deepEqual(lineEdits(before, before), []);
  });

  it('become one edit where a table of all pairs of lines would not fit in the memory', () => {
    const lines = Array.from({ length: 5000 }, (_, number) => `RUN ${number}\n`);
    const after = ['FROM a\n', ...lines.slice(1, -1), 'CMD b\n'].join('');
    assert.equal(lineEdits(lines.join(''), after).length, 1);
    assert.equal(apply(lines.join(''), after), after);
  });

  it('turn any text into any other', () => {
    const line = fc.constantFrom('a', 'b', 'c', '', 'a\r');
    const text = fc.tuple(fc.array(line), fc.boolean()).map(([lines, end]) => lines.join('\n') + (end ? '\n' : ''));
    fc.assert(fc.property(text, text, (before, after) => assert.equal(apply(before, after), after)));
  });
});
