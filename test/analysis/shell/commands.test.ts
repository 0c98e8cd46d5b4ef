import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Range } from 'vscode-languageserver-types';
import type { Dockerfile, RunInstruction } from '../../../server/analysis/dockerfile/model.ts';
import { parseDockerfile } from '../../../server/analysis/dockerfile/parse.ts';
import { sourceText } from '../../../server/analysis/dockerfile/source-text.ts';
import { commandsOf, commandsOfForm, commandsOfRun } from '../../../server/analysis/shell/commands.ts';
import type { ShellScript, SimpleCommand } from '../../../server/analysis/shell/model.ts';

interface Read extends ShellScript {
  readonly dockerfile: Dockerfile;
}

const read = (run: string): Read => {
  const dockerfile = parseDockerfile(`FROM a\n${run}`);
  const instruction = dockerfile.stages[0]?.instructions[0] as RunInstruction;
  return { ...commandsOfRun(instruction, dockerfile), dockerfile };
};

const textOf = ({ source }: Dockerfile, range: Range | undefined): string | undefined => range && source.slice(range);

const written = ({ assignments, words }: SimpleCommand): string =>
  [...assignments.map(({ name, value }) => `${name}=${value?.raw ?? ''}`), ...words.map(({ raw }) => raw)].join(' ');

/** The commands, `?` before those that may not run. */
const lines = (run: string): readonly string[] =>
  read(run).commands.map((command) => `${command.runs === 'maybe' ? '? ' : ''}${written(command)}`);

/** The commands with their subshell path. */
const scoped = (run: string): readonly string[] =>
  read(run).commands.map((command) => `${command.scope.join('.')}|${written(command)}`);

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

describe('the commands of heredocs', () => {
  it('are the script when nothing else stands there', () => {
    const { commands, dockerfile } = read('RUN <<EOF\nset -e\r\ngo build\nEOF\n');
    assert.deepEqual(
      commands.map(({ range }) => dockerfile.source.slice(range)),
      ['set -e', 'go build'],
    );
  });

  it('are read when a shell gets them, not when another program does', () => {
    assert.deepEqual(scoped("RUN bash -e <<'EOF'\ngo build\nEOF\n"), ['|bash -e', '0|go build']);
    assert.deepEqual(scoped('RUN cat > x <<A && sh <<B\ngo build $(pwd)\nA\ngo vet\nB\n'), [
      '|cat',
      '0|pwd',
      '|sh',
      '1|go vet',
    ]);
    assert.deepEqual(scoped('RUN python3 <<EOF\nprint(1)\nEOF\n'), ['|python3']);
  });

  it('are unknown when the script is another language', () => {
    const { commands, complete } = read('RUN <<EOF\n#!/usr/bin/env python3\nprint(1)\nEOF\n');
    assert.deepEqual([commands.length, complete], [0, false]);
    assert.equal(read('RUN <<EOF\n#!/bin/bash -e\nx\nEOF\n').complete, true);
  });

  it('are not all known when the outer shell fills in what the inner one sets', () => {
    assert.equal(read('RUN bash <<EOF\nX=1\ngo build -o $X\nEOF\n').complete, false);
    assert.equal(read("RUN bash <<'EOF'\nX=1\ngo build -o $X\nEOF\n").complete, true);
  });
});

describe('the commands of exec form', () => {
  it('are one, with nothing expanded', () => {
    assert.deepEqual(lines('RUN ["/bin/a", "$X b", "c"]'), ["/bin/a '$X b' c"]);
  });

  it('are those of the script given to a shell', () => {
    const { commands, dockerfile } = read('RUN ["sh", "-c", "cd \\"/x\\" && go build"]');
    assert.deepEqual(commands.map(written), ['cd "/x"', 'go build']);
    assert.equal(textOf(dockerfile, commands[1]?.range), 'go build');
  });

  it('are read of CMD and ENTRYPOINT too', () => {
    const dockerfile = parseDockerfile('FROM a\nCMD go build\n');
    const [cmd] = dockerfile.stages[0]?.instructions ?? [];
    assert.ok(cmd?.keyword === 'CMD');
    assert.deepEqual(commandsOfForm(cmd.form, dockerfile).commands.map(written), ['go build']);
  });
});

describe('any text as a script', () => {
  const parts = fc.constantFrom(
    ...'a b $( ) ` " \' \\ && || ; | & ( { } if then fi for do done case esac in <<E E > \n # ${X:- } sh -c eval [[ ]] (( ))'.split(
      ' ',
    ),
  );
  const scripts = fc
    .array(fc.oneof(parts, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 40 })
    .map((words) => words.join(' '));

  it('is read without throwing, and every word stands in it', () => {
    fc.assert(
      fc.property(scripts, (text) => {
        const source = sourceText(text);
        for (const { range, words } of commandsOf({ text, start: 0 }, source).commands) {
          for (const place of [range, ...words.map((word) => word.range)]) {
            assert.ok(source.offset(place.start) <= source.offset(place.end));
            assert.ok(source.offset(place.end) <= text.length);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is read in time when nested deeply', () => {
    for (const text of [
      '$('.repeat(5000),
      '('.repeat(5000),
      'sh -c "'.repeat(500),
      '{ '.repeat(5000),
      '`\\'.repeat(3000),
    ]) {
      const started = performance.now();
      commandsOf({ text, start: 0 }, sourceText(text));
      assert.ok(performance.now() - started < 1000, text.slice(0, 5));
    }
  });
});
