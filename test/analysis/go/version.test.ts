import assert from 'node:assert/strict';
import { satisfiesGoLine } from '../../../server/analysis/go/satisfies.ts';
import { compareGoVersions, formatGoVersion, parseGoVersion } from '../../../server/analysis/go/version.ts';

const version = (text: string) => {
  const parsed = parseGoVersion(text);
  assert(parsed, text);
  return parsed;
};

describe('go versions', () => {
  it('are ordered as Go orders them', () => {
    const ascending = [
      '1.9',
      '1.20rc1',
      '1.20',
      '1.20.1',
      '1.21',
      '1.21beta1',
      '1.21rc1',
      '1.21rc2',
      '1.21.0',
      '1.24.9',
      '1.24.10',
    ];
    const shuffled = ascending.map(version).reverse();
    assert.deepEqual(shuffled.sort(compareGoVersions).map(formatGoVersion), ascending);
    assert.equal(compareGoVersions(version('1.20'), version('1.20.0')), 0);
  });

  it('are read with and without go, and nothing else is', () => {
    assert.deepEqual(version('go1.24.3-acme'), { major: 1, minor: 24, patch: 3, pre: undefined });
    for (const text of ['', '1', 'v1.22', 'tip', '1.022', '1.24x', 'latest'])
      assert.equal(parseGoVersion(text), undefined);
  });

  const lines: readonly [string, string, boolean][] = [
    ['1.24', '1.24.9', true],
    ['1.24.0', '1.24.1', false],
    ['1.24rc1', '1.24', true],
    ['1.24rc1', '1.24.0', false],
    ['1.22', '1.24', false],
    ['1.27', '1.26.3', true],
    ['1.22', 'local', true],
  ];
  for (const [toolchain, line, expected] of lines) {
    it(`Go ${toolchain} ${expected ? 'accepts' : 'refuses'} go ${line}`, () => {
      assert.equal(satisfiesGoLine(version(toolchain), line), expected);
    });
  }
});
