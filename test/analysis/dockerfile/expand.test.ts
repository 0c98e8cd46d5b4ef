import assert from 'node:assert/strict';
import { expandWord, variablesIn } from '../../../server/analysis/dockerfile/expand.ts';
import { certain, type Known, knownValue, step, unknown } from '../../../server/analysis/known.ts';

const here = step({ start: { line: 0, character: 0 }, end: { line: 0, character: 1 } }, 'set');
const values = new Map<string, Known<string>>([
  ['X', certain('a.tar.gz', [here])],
  ['V', certain('v1/x/y')],
  ['EMPTY', certain('')],
  ['UNKNOWN', unknown],
]);
const value = (raw: string, escapeChar: '\\' | '`' = '\\'): string | undefined =>
  knownValue(expandWord(raw, (name) => values.get(name), escapeChar));

describe('a word of an instruction', () => {
  for (const [raw, expected] of [
    ['$X ${X}', 'a.tar.gz a.tar.gz'],
    [`"$X"'$X'`, 'a.tar.gz$X'],
    ['\\$X \\a "\\$ \\a"', '$X a $ \\a'],
    ['$NO|${NO}', '|'],
    ['${NO:-d}${EMPTY:-e}${EMPTY-f}', 'de'],
    ['${NO:-${NO2:-x$X}}', 'xa.tar.gz'],
    ['${X:+on}${EMPTY:+on}${EMPTY+set}', 'onset'],
    ['${X:?text}', 'a.tar.gz'],
    ['${X#*.}|${X##*.}', 'tar.gz|gz'],
    ['${X%.*}|${X%%.*}', 'a.tar|a'],
    ['${X#?}', '.tar.gz'],
    ['${V/\\//-}|${V//\\//-}', 'v1-x/y|v1-x-y'],
    ['${V/x*/z}', 'v1/z'],
    ['${X/no/yes}', 'a.tar.gz'],
    ['a$', 'a$'],
    ['$1$@', ''],
  ] as const) {
    it(`${raw} is ${JSON.stringify(expected)}`, () => assert.equal(value(raw), expected));
  }

  for (const raw of [
    '$UNKNOWN',
    '${UNKNOWN:-a}',
    '${UNKNOWN:+a}',
    '${X:+$UNKNOWN}',
    '${NO:?text}',
    '${X^^}',
    '${X',
    "'open",
    '"open',
    '${}',
    '${X#\\a}',
  ]) {
    it(`${raw} is not known`, () => assert.equal(value(raw), undefined));
  }

  it('does not need what is not used', () => {
    assert.equal(value('${X:-$UNKNOWN}'), 'a.tar.gz');
  });

  it('escapes with a backtick where the file says so', () => {
    assert.equal(value('C:\\x`$X', '`'), 'C:\\x$X');
  });

  it('brings the steps of its variables along', () => {
    assert.deepEqual(
      expandWord('${X%.*}', (name) => values.get(name), '\\'),
      certain('a.tar', [here]),
    );
  });

  it('names its variables where they stand', () => {
    const raw = 'a$X-\'$Q\'-\\$E-"${Y:-b$Z}"';
    assert.deepEqual(
      variablesIn(raw, '\\').map(({ name, start, end }) => [name, raw.slice(start, end)]),
      [
        ['X', '$X'],
        ['Y', '${Y:-b$Z}'],
        ['Z', '$Z'],
      ],
    );
  });
});
