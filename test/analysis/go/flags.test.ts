import assert from 'node:assert/strict';
import { parseGoflags, parseLdflags, parseTags } from '../../../server/analysis/go/ldflags.ts';

describe('linker flags', () => {
  const rows: readonly [string, { s?: boolean; w?: boolean; mode?: string; fixed?: boolean; x?: readonly string[] }][] =
    [
      ['-s -w', { s: true, w: true }],
      ['-w', { w: true }],
      ['all=-s', { s: true }],
      ['-linkmode external -extldflags "-static"', { mode: 'external', fixed: true }],
      ['-linkmode=external -extldflags=-static', { mode: 'external', fixed: true }],
      [`-extldflags '-L/lib -static'`, { fixed: true }],
      [`-extldflags="-L/lib -static"`, { fixed: true }],
      ['-extldflags "-static-libgcc"', {}],
      ['-X main.version=1.0 -X=main.commit=abc -s', { s: true, x: ['main.version=1.0', 'main.commit=abc'] }],
      [`-X 'main.date=a b'`, { x: ['main.date=a b'] }],
      ['-X main.flag=-s', { x: ['main.flag=-s'] }],
    ];
  for (const [text, { s = false, w = false, mode, fixed = false, x = [] }] of rows) {
    it(text, () => {
      const flags = parseLdflags(text);
      assert.deepEqual(
        [flags.stripsSymbols, flags.stripsDwarf, flags.linkmode, flags.externalStatic],
        [s, w, mode, fixed],
      );
      assert.deepEqual(
        flags.variables.map(({ name, value }) => `${name}=${value}`),
        x,
      );
    });
  }

  it('know where a variable is set', () => {
    const text = '-s -X main.a=b';
    const [variable] = parseLdflags(text).variables;
    assert.equal(text.slice(variable?.start, variable?.end), '-X main.a=b');
  });

  it('are incomplete when a quote is open', () => {
    assert.equal(parseLdflags('-X "a=b').complete, false);
    assert.equal(parseLdflags('$LDFLAGS').complete, false);
    assert.equal(parseLdflags('-s').complete, true);
  });

  it('GOFLAGS and tags', () => {
    assert.deepEqual(parseGoflags('-mod=vendor -trimpath "-tags=a,b"'), [
      { name: 'mod', value: 'vendor' },
      { name: 'trimpath', value: undefined },
      { name: 'tags', value: 'a,b' },
    ]);
    assert.deepEqual([...parseTags('netgo,osusergo static')], ['netgo', 'osusergo', 'static']);
  });
});
