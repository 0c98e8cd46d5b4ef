import assert from 'node:assert/strict';
import { lines, read, scoped, textOf, written } from './read.ts';

describe('the simple commands of a RUN', () => {
  it('are the links of chains', () => {
    assert.deepEqual(lines('RUN a && b; c'), ['a', 'b', 'c']);
  });

  it('have their environment and redirections apart', () => {
    const [command] = read('RUN CGO_ENABLED=0 GOOS= go build -o "/x y" . >/log 2>&1').commands;
    assert.deepEqual(
      command?.assignments.map(({ name, value }) => [name, value?.raw]),
      [
        ['CGO_ENABLED', '0'],
        ['GOOS', undefined],
      ],
    );
    assert.deepEqual(
      command?.words.map(({ raw }) => raw),
      ['go', 'build', '-o', '"/x y"', '.'],
    );
    assert.deepEqual(
      command?.redirects.map(({ operator, target }) => [operator, target?.raw]),
      [
        ['>', '/log'],
        ['2>&', '1'],
      ],
    );
  });

  it('stand in the document where they are, continuations and comments among them', () => {
    const { commands, dockerfile } = read('RUN a \\\n  # && not \\\n\n  && go build \\  \r\n  -o /x');
    assert.deepEqual(
      commands.map(({ range }) => dockerfile.source.slice(range)),
      ['a', 'go build \\  \r\n  -o /x'],
    );
    assert.equal(textOf(dockerfile, commands[1]?.words.at(-1)?.range), '/x');
  });

  it('may not run in branches, loops, cases, functions and behind ||', () => {
    assert.deepEqual(lines('RUN a || b'), ['a', '? b']);
    assert.deepEqual(lines('RUN a && b || c'), ['a', '? b', '? c']);
    assert.deepEqual(lines('RUN a || b && c'), ['a', '? b', 'c']);
    assert.deepEqual(lines('RUN if a; then b; elif c; then d; else e; fi'), ['a', '? b', '? c', '? d', '? e']);
    assert.deepEqual(lines('RUN for i in x y; do a; done; while b; do c; done'), ['? a', 'b', '? c']);
    assert.deepEqual(lines('RUN case $x in a) b;; *) c;; esac; f() { d; }; e & '), ['? b', '? c', '? d', '? e']);
  });

  it('may not run behind a question whose answer nobody needs', () => {
    assert.deepEqual(lines('RUN [ -n "$X" ] && a; b'), ['[ -n "$X" ]', '? a', 'b']);
    assert.deepEqual(lines('RUN ! a && b; c'), ['a', '? b', 'c']);
    assert.deepEqual(lines('RUN [ -n "$X" ] && a'), ['[ -n "$X" ]', 'a']);
  });

  it('are found in substitutions, wherever these are', () => {
    assert.deepEqual(scoped('RUN x=$(a `b`) c "$(d)" > $(e) ${Y:-$(f)}'), [
      '|x=$(a `b`) c "$(d)" ${Y:-$(f)}',
      '0|a `b`',
      '0.0|b',
      '1|d',
      '2|e',
      '3|f',
    ]);
  });

  it('keep the subshell they run in', () => {
    assert.deepEqual(scoped('RUN a; (b; (c)) | d; { e; }; f'), ['|a', '0.0|b', '0.0.0|c', '1|d', '|e', '|f']);
  });

  it('are found in scripts given to another shell', () => {
    const { commands, complete, dockerfile } = read(
      `RUN sh -c 'cd /x && go build' && bash -eo pipefail -c "go \\"vet\\" x"`,
    );
    assert.equal(complete, true);
    assert.deepEqual(commands.map(written), [
      "sh -c 'cd /x && go build'",
      'cd /x',
      'go build',
      'bash -eo pipefail -c "go \\"vet\\" x"',
      'go "vet" x',
    ]);
    assert.equal(textOf(dockerfile, commands[2]?.range), 'go build');
    assert.deepEqual(
      commands.map(({ scope }) => scope.length),
      [0, 1, 1, 0, 1],
    );
  });

  it('are not all known when a script is made up', () => {
    assert.equal(read('RUN sh -c "$SCRIPT"').complete, false);
    assert.equal(read('RUN eval "$(x)"').complete, false);
    assert.equal(read('RUN if a; then').complete, false);
    assert.equal(read('RUN sh build.sh').complete, true);
  });

  it('change this shell in eval', () => {
    assert.deepEqual(scoped("RUN eval 'export A=1'"), ["|eval 'export A=1'", '|export A=1']);
  });

  it('give redirections of a group a command of their own', () => {
    const [group, inner] = read('RUN { a; } > /x').commands;
    assert.deepEqual([group?.words.length, group?.redirects[0]?.target?.raw], [0, '/x']);
    assert.equal(inner && written(inner), 'a');
  });
});
