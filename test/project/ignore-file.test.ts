import { deepEqual, equal } from 'node:assert/strict';
import { join } from 'node:path';
import { createDisk } from '../../server/project/disk.ts';
import { parseIgnoreFile, readIgnoreRules } from '../../server/project/ignore-file.ts';
import { inFolder } from './folder.ts';

const hidden = (rules: string, ...paths: string[]): string[] => paths.filter(parseIgnoreFile(rules).isIgnored);

describe('.dockerignore', () => {
  const cases: readonly [string, string, readonly string[], readonly string[]][] = [
    ['names match at the root alone', 'app', ['app', 'app/x'], ['cmd/app']],
    ['a leading slash changes nothing', '/app', ['app', 'app/x'], ['cmd/app']],
    ['a trailing slash changes nothing', 'app/', ['app', 'app/x/y'], ['apps']],
    ['** is any depth, none too', '**/*.md', ['a.md', 'docs/a.md', 'x/y/a.md'], ['a.mdx']],
    ['** in the middle', 'a/**/z', ['a/z', 'a/b/c/z', 'a/b/z/inner'], ['z', 'b/z']],
    ['* stays in its folder', '*.md', ['a.md'], ['docs/a.md']],
    ['the last match decides', '*.md\n!README.md\nREADME*', ['README.md'], []],
    ['a child comes back from a hidden folder', 'docs\n!docs/keep.txt', ['docs/x.txt'], ['docs/keep.txt']],
    ['an allow list', '*\n!go.mod\n!cmd', ['README.md', 'internal/x.go'], ['go.mod', 'cmd/app/main.go']],
    ['comments and blank lines', '# go.mod\n\n  \n!#x\n', [], ['go.mod', '# go.mod']],
    ['a comment after blanks is a pattern', ' #x', ['#x'], []],
    ['blanks around, CRLF, byte order mark', '\ufeff  vendor  \r\n! vendor/keep\r\n', ['vendor/a'], ['vendor/keep']],
    ['names keep their case', 'Build', ['Build'], ['build']],
    ['what is no pattern sign in Go is none here', 'a+(b)|c{d}', ['a+(b)|c{d}'], ['aa', 'c']],
    ['the Dockerfile itself cannot be copied then', 'Dockerfile\n.dockerignore', ['Dockerfile', '.dockerignore'], []],
    ['an unreadable pattern is left out', '[\nb', ['b'], ['a', '[']],
    ['a dot hides nothing', '.', [], ['a', 'a/b']],
    ['cleaned first', './a//b/../c', ['a/c'], ['a/b']],
  ];
  for (const [name, rules, inside, outside] of cases) {
    it(name, () => deepEqual(hidden(rules, ...inside, ...outside), inside));
  }

  it('beside the Dockerfile comes before the one of the context', () =>
    inFolder({ 'build/App.Dockerfile.dockerignore': 'a', '.dockerignore': 'b' }, async (folder) => {
      const own = await readIgnoreRules(createDisk(), folder, join(folder, 'build/App.Dockerfile'));
      deepEqual([own.file, own.isIgnored('a'), own.isIgnored('b')], ['build/App.Dockerfile.dockerignore', true, false]);
      const common = await readIgnoreRules(createDisk(), folder, join(folder, 'Dockerfile'));
      deepEqual([common.file, common.isIgnored('a'), common.isIgnored('b')], ['.dockerignore', false, true]);
    }));

  it('says which line hides a path', () => {
    const text = '# go.mod\r\n*\r\n!go.*\r\n  go.sum \r\n #x\r\n';
    const { hiding } = parseIgnoreFile(text);
    const line = (at: number, end: number) => ({
      start: { line: at, character: 0 },
      end: { line: at, character: end },
    });
    deepEqual([hiding('cmd/main.go')?.pattern, hiding('cmd/main.go')?.range], ['*', line(1, 1)]);
    deepEqual([hiding('./go.sum')?.pattern, hiding('go.sum')?.range], ['go.sum', line(3, 9)]);
    deepEqual([hiding('#x')?.pattern, hiding('go.mod'), hiding('.')], ['#x', undefined, undefined]);
    equal(hiding('a')?.newline, '\r\n');
  });

  it('may be missing', () =>
    inFolder({}, async (folder) => equal((await readIgnoreRules(createDisk(), folder, undefined)).file, undefined)));
});
