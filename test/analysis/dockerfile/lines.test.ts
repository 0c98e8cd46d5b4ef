import assert from 'node:assert/strict';
import { parseDockerfile } from '../../../server/analysis/dockerfile/parse.ts';
import { keywords, only, shellText } from './parsed.ts';

const words = (text: string): readonly string[] => shellText(text).split(/\s+/);

describe('shapes: lines', () => {
  it('11: CRLF, no newline at the end, blanks behind the backslash', () => {
    assert.deepEqual(words('FROM a\r\nRUN go build \\  \r\n  -o /x \\\t\n  .'), ['go', 'build', '-o', '/x', '.']);
    const { source } = parseDockerfile('FROM a\r\nRUN b\r\n');
    assert.equal(source.newline, '\r\n');
  });

  it('11: a trailing backslash swallows the next CMD', () => {
    assert.deepEqual(keywords('FROM a\nRUN go build \\\nCMD ["/app"]\n'), ['FROM', 'RUN']);
    assert.deepEqual(words('FROM a\nRUN go build \\\n\n# text\nCMD x\n'), ['go', 'build', 'CMD', 'x']);
  });

  it('11: a doubled backslash does not continue', () => {
    assert.deepEqual(keywords('FROM a\nRUN dir C:\\\\\nCMD x\n'), ['FROM', 'RUN', 'CMD']);
  });

  it('12: comment lines in a continued RUN, one with a backslash at its end', () => {
    const text = 'FROM a\nRUN case $x in \\\n  # first \\\n  a) b;; \\\n# second\n\n  esac\nCMD y\n';
    assert.deepEqual(words(text.replace('CMD y\n', '')), ['case', '$x', 'in', 'a)', 'b;;', 'esac']);
    assert.deepEqual(keywords(text), ['FROM', 'RUN', 'CMD']);
    assert.deepEqual(
      parseDockerfile(text).comments.map((comment) => comment.text),
      ['first \\', 'second'],
    );
  });

  it('12: a comment with a backslash at its end does not continue', () => {
    assert.deepEqual(keywords('FROM a\n# RUN x \\\nRUN y\n'), ['FROM', 'RUN']);
  });

  it('12: a shell comment goes on behind the continuation, as Docker joins the lines', () => {
    assert.equal(shellText('FROM a\nRUN x # text \\\n && y\n').includes('\n'), false);
  });

  it('keeps a word that is broken in two', () => {
    assert.equal(shellText('FROM a\nRUN go bu\\\nild\n'), 'go bu\\\nild');
    assert.equal(only('FROM a\nENV NAME=a\\\nb\n', 'ENV').instruction.assignments[0]?.value?.raw, 'ab');
  });

  it('13: a test in brackets is shell form', () => {
    assert.equal(shellText('FROM a\nRUN [ "$(uname -m)" != "ppc64le" ] || x\n'), '[ "$(uname -m)" != "ppc64le" ] || x');
    assert.equal(shellText("FROM a\nRUN ['a', 'b']\n"), "['a', 'b']");
    assert.equal(shellText('FROM a\nRUN ["a", 1]\n'), '["a", 1]');
  });

  it('13: a JSON array over continued lines', () => {
    const { dockerfile, instruction } = only('FROM a\nCMD [ \\\n  "a\\"b", \\\n  # c\n  "d" \\\n]\n', 'CMD');
    assert.equal(instruction.form.kind, 'exec');
    if (instruction.form.kind !== 'exec') return;
    assert.deepEqual(
      instruction.form.words.map(({ raw }) => raw),
      ['a"b', 'd'],
    );
    assert.deepEqual(
      instruction.form.words.map(({ range }) => dockerfile.source.slice(range)),
      ['a\\"b', 'd'],
    );
  });

  it('14: no comments behind an instruction', () => {
    const { assignments } = only('FROM a\nARG X=0 # text\n', 'ARG').instruction;
    assert.deepEqual(
      assignments.map(({ name, value }) => [name, value?.raw]),
      [
        ['X', '0'],
        ['#', undefined],
        ['text', undefined],
      ],
    );
  });

  it('15: the old form of ENV, and several over lines', () => {
    const old = only('FROM a\nENV TAGS one two\n', 'ENV').instruction.assignments;
    assert.deepEqual(
      old.map(({ name, value }) => [name, value?.raw]),
      [['TAGS', 'one two']],
    );
    const { assignments } = only('FROM a\nENV A=1 B="x y" \\\n  C=\\ z\n', 'ENV').instruction;
    assert.deepEqual(
      assignments.map(({ name, value }) => [name, value?.raw]),
      [
        ['A', '1'],
        ['B', '"x y"'],
        ['C', '\\ z'],
      ],
    );
  });

  it('16: Windows paths and shells', () => {
    const text =
      '# escape=`\nFROM servercore\nSHELL ["powershell", "-Command"]\nCOPY app.exe C:\\\\app\\\nSHELL ["cmd", "/S", "/C"]\nENTRYPOINT ["C:\\\\app\\\\app.exe"]\n';
    const [stage] = parseDockerfile(text).stages;
    assert.deepEqual(
      stage?.instructions.map(({ keyword }) => keyword),
      ['SHELL', 'COPY', 'SHELL', 'ENTRYPOINT'],
    );
    const entry = stage?.instructions[3];
    assert.ok(entry?.keyword === 'ENTRYPOINT' && entry.form.kind === 'exec');
    assert.equal(entry.form.words[0]?.raw, 'C:\\app\\app.exe');
  });

  it('reads a byte order mark, and a keyword in any case', () => {
    const { stages, syntax } = parseDockerfile('\ufeff# syntax=x\nfrom a as B\nrun c');
    assert.equal(syntax, 'x');
    assert.equal(stages[0]?.name, 'b');
    assert.equal(stages[0]?.instructions[0]?.keyword, 'RUN');
  });

  it('puts the trigger of ONBUILD among the instructions', () => {
    const { instruction, dockerfile } = only('FROM a\nONBUILD COPY --from=x . /y\n', 'COPY');
    assert.equal(instruction.onbuild, true);
    assert.equal(instruction.from?.raw, 'x');
    assert.equal(dockerfile.source.slice(instruction.keywordRange), 'COPY');
  });

  it('reads HEALTHCHECK with flags, and NONE', () => {
    const { form, flags } = only('FROM a\nHEALTHCHECK --interval=1s CMD curl x\n', 'HEALTHCHECK').instruction;
    assert.equal(form?.kind === 'shell' && form.script.text, 'curl x');
    assert.deepEqual(
      flags.map(({ name, value }) => [name, value?.raw]),
      [['interval', '1s']],
    );
    assert.equal(only('FROM a\nHEALTHCHECK NONE\n', 'HEALTHCHECK').instruction.form, undefined);
  });

  it('takes WORKDIR as one path', () => {
    assert.deepEqual(
      only('FROM a\nWORKDIR /my app \n', 'WORKDIR').instruction.words.map(({ raw }) => raw),
      ['/my app'],
    );
  });
});

describe('shapes: heredocs', () => {
  it('18: the opener alone behind mounts is the script', () => {
    const text =
      "FROM a\nRUN --mount=type=cache,target=/c \\\n  <<-'EOF'\n\tgo build\n\tcat >x.go <<GO\npackage main // <<X\nGO\n\tEOF\nCMD x\n";
    assert.deepEqual(keywords(text), ['FROM', 'RUN', 'CMD']);
    const { instruction } = only(text.replace('CMD x\n', ''), 'RUN');
    assert.equal(instruction.heredocs[0]?.expands, false);
    assert.ok(instruction.form.kind === 'shell' && instruction.form.script === instruction.heredocs[0]?.body);
    assert.equal(instruction.form.script.text, '\tgo build\n\tcat >x.go <<GO\npackage main // <<X\nGO\n');
  });

  it('18: two in one RUN', () => {
    const { instruction } = only('FROM a\nRUN cat <<A >/a && cat <<B >/b\n1\nA\n2\nB\n', 'RUN');
    assert.deepEqual(
      instruction.heredocs.map(({ delimiter, body }) => [delimiter, body.text]),
      [
        ['A', '1\n'],
        ['B', '2\n'],
      ],
    );
    assert.ok(instruction.form.kind === 'shell' && instruction.form.script.text === 'cat <<A >/a && cat <<B >/b');
  });

  it('18: COPY writes a heredoc', () => {
    const { dockerfile, instruction } = only('FROM a\nCOPY <<EOF <<"B" x /to/\n$A\nEOF\n$B\nB\n', 'COPY');
    assert.deepEqual(
      instruction.heredocs.map(({ expands }) => expands),
      [true, false],
    );
    assert.deepEqual(
      instruction.sources.map(({ raw }) => raw),
      ['x'],
    );
    assert.equal(instruction.destination?.raw, '/to/');
    assert.equal(dockerfile.source.slice(instruction.range).endsWith('$B\nB'), true);
  });

  it('sees none in quotes, in arithmetic and in a JSON array', () => {
    assert.deepEqual(keywords('FROM a\nRUN echo "<<EOF" $((1<<2))\nCMD x\n'), ['FROM', 'RUN', 'CMD']);
    assert.deepEqual(keywords('FROM a\nRUN ["cat", "<<EOF"]\nCMD x\n'), ['FROM', 'RUN', 'CMD']);
  });
});
