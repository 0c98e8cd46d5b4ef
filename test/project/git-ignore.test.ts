import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { parseGitIgnore } from '../../server/project/git-ignore.ts';

const hidden = (text: string, ...paths: readonly string[]): readonly string[] =>
  paths.filter(parseGitIgnore(text).hides);

describe('.gitignore', () => {
  it('names a path from its folder on', () =>
    deepEqual(hidden('configs/config.toml\n/app\n', 'configs/config.toml', 'x/configs/config.toml', 'app', 'cmd/app'), [
      'configs/config.toml',
      'app',
    ]));

  it('names a file or folder anywhere', () =>
    deepEqual(hidden('.env\nvendor/\n', '.env', 'web/.env', '.environment', 'vendor/modules.txt', 'a/vendor/b'), [
      '.env',
      'web/.env',
      'vendor/modules.txt',
      'a/vendor/b',
    ]));

  it('has stars, question marks, brackets and escapes', () =>
    deepEqual(
      hidden(
        '*.[568vq]\n/logs/**\n**/gen/*.go\na/**/z\n?.txt\n\\#note\nx+y\n',
        ...['a.6', 'a.go', 'logs/a/b', 'logs', 'gen/a.go', 'b/gen/a.go', 'b/gen/c/a.go'],
        ...['a/z', 'a/b/c/z', 'a.txt', 'ab.txt', '#note', 'x+y', 'xxy'],
      ),
      ['a.6', 'logs/a/b', 'gen/a.go', 'b/gen/a.go', 'a/z', 'a/b/c/z', 'a.txt', '#note', 'x+y'],
    ));

  it('takes back what a later line names with !, but nothing in a hidden folder', () =>
    deepEqual(
      hidden('*\n!*/\n!*.go\n!go.mod\n/tmp\n!/tmp/a.go\n', 'main.go', 'cmd/main.go', 'go.mod', 'app', 'tmp/a.go'),
      ['app', 'tmp/a.go'],
    ));

  it('takes back by brackets as well', () => deepEqual(hidden('*.env\n![a-z].env\n', 'a.env', '1.env'), ['1.env']));

  it('has comments, blanks and line ends of Windows', () =>
    deepEqual(hidden('# a\r\n\r\nb \r\n/\r\n!\r\n', 'a', 'b', '# a'), ['b']));

  it('knows the standard file of Go projects', () =>
    deepEqual(hidden('*.exe\n*.exe~\n*.test\n*.out\n*.[568vq]\n', 'app', 'main.go', 'app.exe', 'go.sum'), ['app.exe']));

  it('reads any text, in no time', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, path) => typeof parseGitIgnore(text).hides(path) === 'boolean'),
    );
    const long = `${'a'.repeat(200)}/`.repeat(20);
    equal(parseGitIgnore(`${'*a'.repeat(50)}b\n${'**/a*/'.repeat(20)}b\n`).hides(`${long}c`), true);
    deepEqual(hidden('[z-a]\n', 'x'), []);
  });
});
