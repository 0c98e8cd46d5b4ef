import assert from 'node:assert/strict';
import { parseDockerfile } from '../../../server/analysis/dockerfile/parse.ts';
import { keywords, only } from './parsed.ts';

describe('what dockerfile-ast alone would split in another way', () => {
  for (const [name, run] of [
    ['a doubled backslash at the end', 'RUN dir C:\\\\'],
    ['a heredoc opener in quotes', 'RUN echo "x <<EOF y"'],
    ['an opener with a blank', 'RUN cat << EOF\nUSER x\nEOF'],
    ['an opener with a file descriptor', 'RUN cat 3<<EOF\nUSER x\nEOF'],
  ] as const) {
    it(name, () => {
      assert.deepEqual(keywords(`FROM a\n${run}\nENV A=1\n`), ['FROM', 'RUN', 'ENV']);
    });
  }

  it('a backslash behind an escaped blank', () => {
    assert.deepEqual(keywords('FROM a\nRUN x \\ \\\n  y\nENV A=1\n'), ['FROM', 'RUN', 'ENV']);
  });

  it('a flag with a blank in quotes, and a word with dashes before an option', () => {
    const { instruction } = only('FROM a\nRUN --mount="source=/a b" --network=none x\n', 'RUN');
    assert.deepEqual(
      instruction.flags.map(({ name, value }) => [name, value?.raw]),
      [
        ['mount', '"source=/a b"'],
        ['network', 'none'],
      ],
    );
    assert.deepEqual(only('FROM a\nRUN a--b --c\n', 'RUN').instruction.flags, []);
  });

  it('a heredoc body with a backslash before its end, CRLF', () => {
    const { instruction } = only('FROM a\r\nRUN cat <<A <<B\r\nx \\\r\nA\r\n# y\r\nB\r\n', 'RUN');
    assert.deepEqual(
      instruction.heredocs.map(({ body }) => body.text.trim()),
      ['x \\', '# y'],
    );
  });

  it('a comment with an equals sign above the directives', () => {
    assert.equal(parseDockerfile('# made with x = y\n# escape=`\nFROM a\n').escape, '\\');
  });
});
