import { deepEqual, equal } from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { inContext } from '../../server/analysis/trace/context-files.ts';
import { mainPackages } from '../../server/generate/layout.ts';
import { createDisk } from '../../server/project/disk.ts';
import { listFolder } from '../../server/project/listing.ts';
import { readProject } from '../../server/project/read-project.ts';
import { inFolder } from './folder.ts';

const goMod = (path: string, ...lines: readonly string[]): string =>
  [`module ${path}`, 'go 1.24', ...lines, ''].join('\n');

const library = (name: string, ...imports: readonly string[]): string =>
  `package ${name}\n${imports.map((path) => `import _ "${path}"\n`).join('')}`;

const program = (...imports: readonly string[]): string => library('main', ...imports);

describe('Go project', () => {
  it('does not know what lies in folders that are missing and of which .gitignore names files', () =>
    inFolder(
      {
        'go.mod': goMod('example.com/app'),
        '.gitignore':
          '# docs/x\n/docs/swagger.json\nweb/dist/*.js\nbin/*\n/app\n*.log\ninternal/secret.go\n!keep/this\n',
        'internal/a.go': library('internal'),
      },
      async (folder) => {
        const { context } = await readProject(folder);
        deepEqual([...context.unread].sort(), ['docs', 'web/dist']);
      },
    ));

  it('does not know whether a path is there that .gitignore names and that is missing', () =>
    inFolder(
      {
        '.git/HEAD': '',
        '.gitignore': '/backend/vendor/\n*.env\n',
        'backend/.gitignore': 'config.toml\ngo.work\n',
        'backend/go.mod': goMod('example.com/app'),
        'backend/.dockerignore': 'b.env\n',
        'backend/c.env': '',
      },
      async (folder) => {
        const { context } = await readProject(join(folder, 'backend'));
        const paths = ['vendor/modules.txt', 'a.env', 'b.env', 'c.env', 'x/config.toml', 'go.work', 'go.sum', 'web'];
        deepEqual(
          paths.map((path) => `${path} ${inContext(context, path)}`),
          [
            'vendor/modules.txt unknown',
            'a.env unknown',
            'b.env absent',
            'c.env file',
            'x/config.toml unknown',
            'go.work absent',
            'go.sum absent',
            'web absent',
          ],
        );
      },
    ));

  it('takes no notice of a .gitignore that hides all of the context', () =>
    inFolder({ '.git/': '', '.gitignore': 'out/\n', 'out/app/main.go': '' }, async (folder) => {
      const { context } = await readProject(join(folder, 'out/app'));
      equal(context.mayBeMade?.('cmd/main.go'), false);
    }));

  it('reads the .gitignore of the repository for a context in it', () =>
    inFolder(
      {
        '.git/HEAD': '',
        '.gitignore': '/backend/docs/docs.go\n/other/x\n',
        'backend/go.mod': goMod('example.com/app'),
      },
      async (folder) => {
        const { context } = await readProject(join(folder, 'backend'));
        deepEqual([...context.unread], ['docs']);
      },
    ));

  it('has packages where Go looks for them', () =>
    inFolder(
      {
        'go.mod': goMod('example.com/app'),
        'go.sum': '',
        'main.go': program('example.com/app/internal/db'),
        'main_test.go': library('main', 'testing'),
        '_old.go': program(),
        'internal/db/db.go': library('db', 'database/sql'),
        'internal/db/testdata/x.go': program(),
        '_examples/x.go': program(),
        '.hidden/x.go': program(),
        'gen/gen.go': `//go:build ignore\n\n${program()}`,
        'tools/go.mod': goMod('example.com/tools'),
        'tools/lint/main.go': program(),
        'docs/broken.go': 'not Go',
      },
      async (folder) => {
        const facts = await readProject(folder, { dockerfile: join(folder, 'build/Dockerfile') });
        deepEqual([...facts.packages.keys()].sort(), [
          'example.com/app',
          'example.com/app/gen',
          'example.com/app/internal/db',
          'example.com/tools/lint',
        ]);
        deepEqual(
          mainPackages(facts).map(({ importPath, dir, module }) => [importPath, dir, module]),
          [
            ['example.com/app', '', 'example.com/app'],
            ['example.com/tools/lint', 'tools/lint', 'example.com/tools'],
          ],
        );
        deepEqual(
          facts.packages.get('example.com/app')?.files.map(({ name }) => name),
          ['main.go'],
        );
        deepEqual(
          facts.modules.map(({ dir, hasGoSum }) => [dir, hasGoSum]),
          [
            ['', true],
            ['tools', false],
          ],
        );
        equal(facts.context.dockerfile, 'build/Dockerfile');
      },
    ));

  it('follows imports into the module cache, after replaces', () =>
    inFolder(
      {
        'app/go.mod': goMod(
          'example.com/app',
          'require (',
          '\tgithub.com/Upper/Case/v2 v2.1.0',
          '\texample.com/old v1.0.0',
          '\texample.com/local v0.0.0 // indirect',
          '\texample.com/absent v1.0.0',
          ')',
          'replace example.com/old => example.com/new v1.5.0',
          'replace example.com/local => ../local',
        ),
        'app/main.go': program('github.com/Upper/Case/v2/deep', 'example.com/old', 'example.com/absent', 'os'),
        'local/local.go': library('local', 'C'),
        'cache/github.com/!upper/!case/v2@v2.1.0/deep/deep.go': library('deep', 'example.com/local'),
        'cache/github.com/!upper/!case/v2@v2.1.0/unused/unused.go': library('unused'),
        'cache/example.com/new@v1.5.0/new.go': library('new'),
        'cache/example.com/old@v1.0.0/old.go': library('old', 'wrong.example/old'),
      },
      async (folder) => {
        const facts = await readProject(join(folder, 'app'), { env: { GOMODCACHE: join(folder, 'cache') } });
        const others = [...facts.packages.values()].filter(({ dir }) => dir === undefined);
        deepEqual(others.map(({ importPath, module }) => [importPath, module]).sort(), [
          ['example.com/local', 'example.com/local'],
          ['example.com/old', 'example.com/old'],
          ['github.com/Upper/Case/v2/deep', 'github.com/Upper/Case/v2'],
        ]);
        equal(facts.packages.get('example.com/local')?.files[0]?.cgo, true);
      },
    ));

  it('takes vendored sources before the module cache', () =>
    inFolder(
      {
        'go.mod': goMod('example.com/app', 'require example.com/lib v1.0.0'),
        'main.go': program('example.com/lib/a'),
        'vendor/modules.txt': '# example.com/lib v1.0.0\n## explicit\nexample.com/lib/a\n',
        'vendor/example.com/lib/a/a.go': library('a'),
        'cache/example.com/lib@v1.0.0/a/a.go': library('a', 'C'),
      },
      async (folder) => {
        const facts = await readProject(folder, { env: { GOMODCACHE: join(folder, 'cache') } });
        const vendored = facts.packages.get('example.com/lib/a');
        deepEqual([vendored?.module, vendored?.dir, vendored?.files[0]?.cgo], ['example.com/lib', undefined, false]);
        equal(facts.context.files.has('vendor/example.com/lib/a/a.go'), true);
      },
    ));

  it('reads a workspace: one version for all members', () =>
    inFolder(
      {
        'go.work': 'go 1.24\nuse (\n\t./a\n\t./b\n)\n',
        'a/go.mod': goMod('example.com/a', 'require example.com/lib v1.9.0'),
        'a/main.go': program('example.com/b', 'example.com/lib'),
        'b/go.mod': goMod('example.com/b', 'require example.com/lib v1.10.0'),
        'b/b.go': library('b'),
        'cache/example.com/lib@v1.9.0/lib.go': library('lib'),
        'cache/example.com/lib@v1.10.0/lib.go': library('lib', 'C'),
      },
      async (folder) => {
        const facts = await readProject(folder, { env: { GOMODCACHE: join(folder, 'cache') } });
        equal(facts.workspace?.dir, '');
        equal(facts.packages.get('example.com/lib')?.files[0]?.cgo, true);
      },
    ));

  it('is unknown where the folder is missing', async () => {
    const { context, packages } = await readProject('/no/such/folder');
    deepEqual([context.known, context.files.size, packages.size], [false, 0, 0]);
  });
});

describe('files of the context', () => {
  it('leaves out .git and node_modules, and follows no link', () =>
    inFolder(
      { '.git/HEAD': '', 'web/node_modules/x/x.js': '', 'a/b/c.go': '', 'vendor/x/x.go': '' },
      async (folder) => {
        await symlink('..', join(folder, 'a/loop'));
        await symlink('b/c.go', join(folder, 'a/link.go'));
        await symlink('nowhere', join(folder, 'broken'));
        const { files, folders, unread } = await listFolder(createDisk(), folder);
        deepEqual([...files].sort(), ['a/b/c.go', 'a/link.go', 'a/loop', 'broken', 'vendor/x/x.go']);
        deepEqual([...unread].sort(), ['.git', 'a/loop', 'broken', 'web/node_modules']);
        equal(folders.has('a/b'), true);
      },
    ));

  it('leaves out what is too much', () =>
    inFolder({ 'big/1': '', 'big/2': '', 'big/3': '', 'small/1': '', 'x/y/1': '' }, async (folder) => {
      const narrow = await listFolder(createDisk(), folder, { perFolder: 2, total: 100 });
      deepEqual([...narrow.unread], ['']);
      const short = await listFolder(createDisk(), folder, { perFolder: 3, total: 3 });
      deepEqual([...short.files].sort(), ['big/1', 'big/2', 'big/3']);
      deepEqual([...short.unread].sort(), ['small', 'x']);
    }));
});
