import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseGoMod, parseGoWork, parseVendorModules } from '../../../server/analysis/go/go-mod.ts';

const text = `\uFEFFmodule "example.com/app" // our program

go 1.24.0
toolchain go1.24.3

require github.com/a/b v1.2.3
require (
	github.com/c/d v0.1.0 // indirect
	"github.com/e/f" v2.0.0+incompatible // kept for old clients
)

replace example.com/lib => ./lib
replace (
	example.com/x v1.0.0 => example.com/y v1.1.0
	example.com/up => ../up
)
exclude github.com/a/b v1.2.2
tool github.com/t/u
`;

const at = (line: number, from: number, to: number) => ({
  start: { line, character: from },
  end: { line, character: to },
});

describe('go.mod', () => {
  for (const [name, newline] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ] as const) {
    it(`is read with ${name}`, () => {
      const mod = parseGoMod(text.replaceAll('\n', newline));
      assert.equal(mod.path, 'example.com/app');
      assert.deepEqual(mod.go, { version: '1.24.0', range: at(2, 3, 9) });
      assert.deepEqual(mod.toolchain, { version: 'go1.24.3', range: at(3, 10, 18) });
      assert.deepEqual(mod.requires, [
        { path: 'github.com/a/b', version: 'v1.2.3', indirect: false },
        { path: 'github.com/c/d', version: 'v0.1.0', indirect: true },
        { path: 'github.com/e/f', version: 'v2.0.0+incompatible', indirect: false },
      ]);
      assert.deepEqual(mod.replaces, [
        { path: 'example.com/lib', version: undefined, folder: './lib', target: './lib', targetVersion: undefined },
        {
          path: 'example.com/x',
          version: 'v1.0.0',
          folder: undefined,
          target: 'example.com/y',
          targetVersion: 'v1.1.0',
        },
        { path: 'example.com/up', version: undefined, folder: '../up', target: '../up', targetVersion: undefined },
      ]);
      assert.deepEqual([...mod.directives], ['module', 'go', 'toolchain', 'require', 'replace', 'exclude', 'tool']);
    });
  }

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (any) => parseGoMod(any).requires.length >= 0));
    const pieces = fc.array(fc.constantFrom('require', ' (', ')', '\n', '"', '=>', 'replace', ' a', ' v1', '//', '`'));
    fc.assert(fc.property(pieces, (any) => parseGoMod(any.join('')).replaces.length >= 0));
  });
});

describe('go.work', () => {
  it('lists its members', () => {
    const work = parseGoWork('go 1.24\n\nuse .\nuse (\n\t./api // the server\n\t"./tools"\n)\nreplace a.b/c => ./c\n');
    assert.deepEqual(work.go, { version: '1.24', range: at(0, 3, 7) });
    assert.deepEqual(work.uses, ['.', './api', './tools']);
    assert.equal(work.replaces[0]?.folder, './c');
  });
});

describe('vendor/modules.txt', () => {
  it('names the modules', () => {
    const found = parseVendorModules(
      '## workspace\n# github.com/a/b v1.0.0\n## explicit; go 1.20\ngithub.com/a/b/sub\n# x.y/z => ./z\n',
    );
    assert.deepEqual([...found], ['github.com/a/b', 'x.y/z']);
  });
});
