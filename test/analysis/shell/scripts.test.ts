import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDockerfile } from '../../../server/analysis/dockerfile/parse.ts';
import { sourceText } from '../../../server/analysis/dockerfile/source-text.ts';
import { commandsOf, commandsOfForm } from '../../../server/analysis/shell/commands.ts';
import { lines, read, scoped, textOf, written } from './read.ts';

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

  const start = { line: 0, character: 0 };

  it('is read without throwing, and every word stands in it', () => {
    fc.assert(
      fc.property(scripts, (text) => {
        const source = sourceText(text);
        for (const { range, words } of commandsOf({ text, start }, source).commands) {
          for (const place of [range, ...words.map((word) => word.range)]) {
            assert.ok(source.offset(place.start) <= source.offset(place.end));
            assert.ok(source.offset(place.end) <= text.length);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('ends, however deeply it is nested', () => {
    for (const text of [
      '$('.repeat(5000),
      '('.repeat(5000),
      'sh -c "'.repeat(500),
      '{ '.repeat(5000),
      '`\\'.repeat(3000),
    ]) {
      commandsOf({ text, start }, sourceText(text));
    }
  });
});
