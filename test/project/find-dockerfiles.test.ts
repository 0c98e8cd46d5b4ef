import { deepEqual, rejects } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { findDockerfiles, isDockerfileName } from '../../server/project/find-dockerfiles.ts';
import { inFolder } from './folder.ts';

describe('Dockerfiles', () => {
  it('have many names', () => {
    const names = [
      'Dockerfile',
      'dockerfile',
      'Dockerfile.dev',
      'app.Dockerfile',
      'x.DOCKERFILE',
      'Containerfile',
      'Containerfile.1',
      'a.containerfile',
      'Dockerfile-for-frps',
      'Dockerfile_dev',
      'Containerfile-1',
    ];
    const others = [
      'Dockerfile.dockerignore',
      '.dockerignore',
      'app.Dockerfile.dockerignore',
      'Dockerfiles',
      'MyDockerfile',
      'Dockerfile-parser.go',
      'Dockerfile_test.go',
      'Dockerfile-frps.dockerignore',
      'Dockerfile-',
      'dockerfile-lint',
      'docker-compose.yml',
    ];
    deepEqual([...names, ...others].filter(isDockerfileName), names);
  });

  it('are found below a folder, not in vendor, node_modules and .git', () =>
    inFolder(
      {
        'b/Dockerfile': '',
        'a/x/app.dockerfile': '',
        Containerfile: '',
        'a/Dockerfile-for-frps': '',
        'vendor/Dockerfile': '',
        'a/node_modules/Dockerfile': '',
        '.git/Dockerfile': '',
        'Dockerfile.dockerignore': '',
      },
      async (folder) => {
        const found = await findDockerfiles(folder);
        deepEqual(
          found.map((path) => relative(folder, path)),
          ['Containerfile', 'a/Dockerfile-for-frps', 'a/x/app.dockerfile', 'b/Dockerfile'],
        );
        await rejects(findDockerfiles(join(folder, 'missing')));
      },
    ));

  it('are files and links, not pipes that nobody writes to', () =>
    inFolder({ Dockerfile: '' }, async (folder) => {
      symlinkSync('Dockerfile', join(folder, 'Containerfile'));
      if (process.platform !== 'win32') execFileSync('mkfifo', [join(folder, 'pipe.Dockerfile')]);
      const found = await findDockerfiles(folder);
      deepEqual(
        found.map((path) => relative(folder, path)),
        ['Containerfile', 'Dockerfile'],
      );
    }));
});
