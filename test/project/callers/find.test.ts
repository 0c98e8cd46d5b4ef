import { deepEqual } from 'node:assert/strict';
import { join } from 'node:path';
import { findCallers } from '../../../server/project/callers/find.ts';
import { createDisk } from '../../../server/project/disk.ts';
import { createProjects } from '../../../server/project/projects.ts';
import { inFolder, writeFiles } from '../folder.ts';

const files = {
  '.git/HEAD': '',
  'go.mod': 'module example.com/app\n',
  'compose.yaml':
    'services:\n  web:\n    build: { context: ., dockerfile: build/Dockerfile, args: { A: 1 } }\n  own:\n    build: build\n',
  'deploy/docker-compose.prod.yml': 'services:\n  web:\n    build: { context: .., dockerfile: build/Dockerfile }\n',
  'deploy/docker-bake.hcl': 'target "other" { context = ".." }\n',
  'docker-bake.json': '{"target": {"app": {"dockerfile": "build/Dockerfile"}}}',
  '.github/workflows/image.yml':
    'jobs:\n  image:\n    steps:\n      - uses: docker/build-push-action@v6\n        with: { file: build/Dockerfile }\n',
  'elsewhere/compose.yaml': 'services:\n  web:\n    build: { context: .., dockerfile: build/Dockerfile }\n',
  'build/compose.yaml': 'services: [broken',
  'build/Dockerfile': 'FROM scratch\n',
};

describe('callers of a Dockerfile', () => {
  it('are found beside it, above it and in the usual folders', () =>
    inFolder(files, async (folder) => {
      const found = await findCallers(createDisk(), join(folder, 'build/Dockerfile'));
      deepEqual(
        found.map(({ file, context, call }) => [file, context, call.name].map((text) => text.replace(folder, '.'))),
        [
          ['./compose.yaml', '.', 'service web'],
          ['./compose.yaml', './build', 'service own'],
          ['./docker-bake.json', '.', 'target app'],
          ['./deploy/docker-compose.prod.yml', '.', 'service web'],
          ['./.github/workflows/image.yml', '.', 'step of image'],
        ],
      );
    }));

  it('are facts of the context they build in, and follow their files', () =>
    inFolder(files, async (folder) => {
      const [projects, dockerfile] = [createProjects(), join(folder, 'build/Dockerfile')];
      const names = async (context: string): Promise<readonly (readonly string[])[]> => {
        const { callers = [] } = await projects.load(join(folder, context), dockerfile);
        return callers.map(({ path, name }) => [path, name]);
      };
      deepEqual(await names('build'), [['../compose.yaml', 'service own of compose.yaml']]);
      deepEqual((await names('.')).length, 4);
      await writeFiles(folder, { 'compose.yaml': 'services: {}\n' });
      projects.changed([join(folder, 'compose.yaml')]);
      deepEqual(await names('build'), []);
      deepEqual((await names('.')).length, 3);
    }));

  it('take values from the .env beside a compose file, and follow it', () =>
    inFolder(
      {
        'compose.yaml': 'services:\n  web:\n    build: { context: ., args: { GO_VERSION: "${GO_VERSION}" } }\n',
        '.env': 'GO_VERSION=1.25\n',
        Dockerfile: '',
      },
      async (folder) => {
        const projects = createProjects();
        const version = async (): Promise<string | undefined> => {
          const { callers = [] } = await projects.load(folder, join(folder, 'Dockerfile'));
          return callers[0]?.args.get('GO_VERSION');
        };
        deepEqual(await version(), '1.25');
        await writeFiles(folder, { '.env': 'GO_VERSION=1.26\n' });
        projects.changed([join(folder, '.env')]);
        deepEqual(await version(), '1.26');
      },
    ));
});
