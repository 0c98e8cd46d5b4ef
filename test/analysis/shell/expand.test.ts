import assert from 'node:assert/strict';
import { certain, type Known, knownValue, step, unknown } from '../../../server/analysis/known.ts';
import {
  expandShellWord,
  literal,
  mayBeAssigned,
  plainVariables,
  subWord,
} from '../../../server/analysis/shell/expand.ts';
import type { ShellWord } from '../../../server/analysis/shell/model.ts';

const word = (raw: string): ShellWord => ({
  raw,
  range: { start: { line: 2, character: 10 }, end: { line: 2, character: 10 + raw.length } },
});

const here = step(word('x').range, 'set');
const values = new Map<string, Known<string>>([
  ['X', certain('a.tar.gz', [here])],
  ['EMPTY', certain('')],
  ['HOME', certain('/root')],
  ['UNKNOWN', unknown],
]);
const value = (raw: string): string | undefined => knownValue(expandShellWord(word(raw), (name) => values.get(name)));

describe('a word of a shell', () => {
  for (const [raw, expected] of [
    ['go', 'go'],
    [`a"b c"'$X'`, 'ab c$X'],
    ['$X-${X}', 'a.tar.gz-a.tar.gz'],
    ['"$X"', 'a.tar.gz'],
    ['\\$X"\\$\\a"', '$X$\\a'],
    ['${NO:-d}${EMPTY:-e}${EMPTY-f}', 'de'],
    ['${X:+on}${NO:+on}', 'on'],
    ['${NO:-"q r"}', 'q r'],
    ['${NO:=x}', 'x'],
    ['${X%.*}', 'a.tar'],
    ['${X%%.*}', 'a'],
    ['${X##*.}', 'gz'],
    ['${X/./-}', 'a-tar.gz'],
    ['$NO', ''],
    ['~/go', '/root/go'],
    ['a~b', 'a~b'],
    ['-ldflags=-X=a$', '-ldflags=-X=a$'],
    ['go\\\nbuild', 'gobuild'],
    ['{}', '{}'],
  ] as const) {
    it(`${raw} is ${JSON.stringify(expected)}`, () => assert.equal(value(raw), expected));
  }

  for (const raw of [
    '$(x)',
    '`x`',
    '"$(x)"',
    '*.go',
    'a[12]',
    '$((1+1))',
    '$1',
    '$@',
    '~user',
    '$UNKNOWN',
    '${UNKNOWN:-a}',
    '${X^^}',
    '${#X}',
    '${X:0:1}',
    'a{b,c}',
    "'open",
    '"open',
    '${X',
    "$'a'",
  ]) {
    it(`${raw} is not known`, () => assert.equal(value(raw), undefined));
  }

  it('brings the steps of its variables along', () => {
    assert.deepEqual(
      expandShellWord(word('/x/$X'), (name) => values.get(name)),
      certain('/x/a.tar.gz', [here]),
    );
  });

  it('is literal without variables', () => {
    assert.equal(literal(word('"a b"')), 'a b');
    assert.equal(literal(word('$X')), undefined);
  });

  it('ends, however long the text', () => {
    for (const part of ['${a:-', '$a', '{', '"', '${a#']) value(part.repeat(20_000));
  });
});

describe('a part of a word', () => {
  it('moves its range', () => {
    assert.deepEqual(subWord(word('-o=/x'), 3), {
      raw: '/x',
      range: { start: { line: 2, character: 13 }, end: { line: 2, character: 15 } },
    });
  });

  it('keeps its quotes', () => {
    assert.equal(literal(subWord(word('-ldflags="-s -w"'), 9)), '-s -w');
    assert.equal(literal(subWord(word('"-ldflags=-s -w"'), 10)), '-s -w');
  });
});

describe('variables of a word', () => {
  for (const [raw, names] of [
    ['"-X a=$A -X b=${B} -X a=$A"', ['A', 'B']],
    ["'$A'$B", ['B']],
    ['${A:-x}$B', ['B']],
    ['$A$(date)$B', ['A']],
    ['plain', []],
  ] as const) {
    it(`${raw}: ${names.join(', ') || 'none'}`, () => assert.deepEqual(plainVariables(word(raw)), names));
  }
});

describe('a script may set a variable', () => {
  for (const [script, may] of [
    ['echo $A ${A} ${A:-x} $AB', false],
    ['A=1 go build', true],
    ['for A in x; do', true],
    ['read A', true],
    ['BA=1', false],
  ] as const) {
    it(`${script}: ${may}`, () => assert.equal(mayBeAssigned('A', script), may));
  }
});
