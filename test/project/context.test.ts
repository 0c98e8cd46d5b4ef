import { deepEqual, equal } from 'node:assert/strict';
import { join, relative } from 'node:path';
import { inferContext, surroundings } from '../../server/project/context.ts';
import { createDisk } from '../../server/project/disk.ts';
import { readProject } from '../../server/project/read-project.ts';
import { inFolder } from './folder.ts';

interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly dockerfile: string;
  readonly sources: readonly string[];
  /** The folder first. */
  readonly expected: readonly string[];
}

const repository = {
  '.git/': '',
  'go.mod': '',
  'go.sum': '',
  'main.go': '',
  'cmd/app/main.go': '',
  'build/run.sh': '',
};

const cases: readonly Case[] = [
  { name: 'beside go.mod', files: repository, dockerfile: 'Dockerfile', sources: ['go.mod', '.'], expected: [''] },
  {
    name: 'in a folder of its own, sources at the root',
    files: repository,
    dockerfile: 'build/Dockerfile',
    sources: ['go.mod', 'go.sum', './cmd'],
    expected: [''],
  },
  {
    name: 'only `.`: the module',
    files: repository,
    dockerfile: 'build/docker/Dockerfile',
    sources: ['.'],
    expected: [''],
  },
  {
    name: 'sources beside it',
    files: repository,
    dockerfile: 'build/Dockerfile',
    sources: ['run.sh'],
    expected: ['build'],
  },
  {
    name: 'where most are',
    files: repository,
    dockerfile: 'build/Dockerfile',
    sources: ['go.mod', 'cmd', 'run.sh'],
    expected: [''],
  },
  { name: 'globs', files: repository, dockerfile: 'build/Dockerfile', sources: ['go.*', 'c?d/*/*.go'], expected: [''] },
  {
    name: 'a way out is cut',
    files: repository,
    dockerfile: 'build/Dockerfile',
    sources: ['../../go.mod'],
    expected: [''],
  },
  {
    name: 'two modules fit: nearest first, both told',
    files: { ...repository, 'services/a/go.mod': '', 'services/a/main.go': '' },
    dockerfile: 'services/a/Dockerfile',
    sources: ['go.mod', 'main.go'],
    expected: ['services/a', ''],
  },
  {
    name: 'nothing fits: the module, no question',
    files: repository,
    dockerfile: 'build/Dockerfile',
    sources: ['dist/app'],
    expected: [''],
  },
  {
    name: 'variables, URLs and heredocs say nothing',
    files: repository,
    dockerfile: 'build/Dockerfile',
    sources: ['$DIR/x', 'https://x.test/run.sh', '<<EOF'],
    expected: [''],
  },
  {
    name: 'no Go at all',
    files: { '.git/': '', 'a/x': '' },
    dockerfile: 'a/Dockerfile',
    sources: ['.'],
    expected: ['a', ''],
  },
];

describe('build context', () => {
  for (const { name, files, dockerfile, sources, expected } of cases) {
    it(name, () =>
      inFolder(files, async (folder) => {
        const found = await inferContext(createDisk(), join(folder, dockerfile), sources, undefined);
        deepEqual(
          found.candidates.map((candidate) => relative(folder, candidate)),
          expected,
        );
        deepEqual(relative(folder, found.folder), expected[0]);
      }),
    );
  }

  it('is the one that compose or a workflow names, among equals and where it is none of those above', () =>
    inFolder({ '.git/': '', 'go.mod': '', 'a/b/x': '', 'c/y': '' }, async (folder) => {
      const at = async (sources: readonly string[], asked: readonly string[]): Promise<readonly string[]> => {
        const wanted = asked.map((name) => join(folder, name));
        const found = await inferContext(createDisk(), join(folder, 'a/b/Dockerfile'), sources, undefined, wanted);
        return found.candidates.map((candidate) => relative(folder, candidate));
      };
      deepEqual(await at(['.'], []), ['']);
      deepEqual(await at(['.'], ['a']), ['a']);
      deepEqual(await at(['.'], ['a', 'c']), ['a', 'c']);
      deepEqual(await at(['y'], ['c']), ['c']);
      deepEqual(await at(['x'], ['a', 'c']), ['a/b'], 'the sources decide first');
    }));

  it('ends at the workspace folder', () =>
    inFolder(repository, async (folder) => {
      const found = await inferContext(
        createDisk(),
        join(folder, 'build/Dockerfile'),
        ['go.mod'],
        join(folder, 'build'),
      );
      deepEqual(found, { folder: join(folder, 'build'), candidates: [join(folder, 'build')] });
    }));

  it('has a folder in its repository', () =>
    inFolder({ '.git/': '', 'go.mod': '', 'test/e2e/x': '' }, async (folder) => {
      deepEqual(await surroundings(createDisk(), join(folder, 'test/e2e')), {
        nested: true,
        folder: 'test/e2e',
        top: folder,
      });
      deepEqual(await surroundings(createDisk(), folder), { nested: false, folder: '', top: folder });
    }));

  it('is nested below another module of the repository', () =>
    inFolder({ ...repository, 'services/a/go.mod': '', 'tools/x': '' }, async (folder) => {
      equal((await surroundings(createDisk(), join(folder, 'services/a'))).nested, true);
      equal((await surroundings(createDisk(), join(folder, 'tools'))).nested, true);
      equal((await surroundings(createDisk(), folder)).nested, false);
    }));

  it('is not nested where no module lies above', () =>
    inFolder({ '.git/': '', 'services/a/go.mod': '' }, async (folder) => {
      equal((await surroundings(createDisk(), join(folder, 'services/a'))).nested, false);
    }));
});

describe('folders above a nested context', () => {
  it('may have what it lacks, are asked at every level, and are unknown when there is too much', () =>
    inFolder(
      {
        '.git/HEAD': '',
        'go.mod': 'module a\n',
        'main.go': '',
        'services/x.go': '',
        'services/a/go.mod': 'module b\n',
      },
      async (folder) => {
        const { context } = await readProject(join(folder, 'services/a'));
        const above = ['main.go', 'x.go', 'services', 'go.mod', 'other.go', '.git/config', 'cmd/main.go'];
        deepEqual(
          above.filter((path) => context.mayLieAbove?.(path)),
          ['main.go', 'x.go', 'services', 'go.mod', '.git/config'],
        );
        equal((await readProject(folder)).context.mayLieAbove, undefined);
      },
    ));
});
