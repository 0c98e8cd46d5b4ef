import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openProjects } from '../../server/lsp/projects.ts';
import { inFolder } from '../project/folder.ts';

describe('projects of the language server', () => {
  const goOf = async (projects: ReturnType<typeof openProjects>, dockerfile: string): Promise<string | undefined> =>
    (await projects.facts(dockerfile, [])).modules[0]?.mod.go?.version;

  it('see what nobody told of only when they are told to look', () =>
    inFolder({ 'go.mod': 'module example.com/app\n\ngo 1.25\n', Dockerfile: '' }, async (folder) => {
      const projects = openProjects();
      const dockerfile = path.join(folder, 'Dockerfile');
      assert.equal(await goOf(projects, dockerfile), '1.25');
      await writeFile(path.join(folder, 'go.mod'), 'module example.com/app\n\ngo 1.26.1\n');
      assert.equal(await goOf(projects, dockerfile), '1.25');
      projects.suspect();
      assert.equal(await goOf(projects, dockerfile), '1.26.1');
    }));

  it('answer for the sources of today', () =>
    inFolder(
      { 'go.mod': 'module example.com/app\n', 'docker/Dockerfile': '', 'docker/conf': '', 'main.go': '' },
      async (folder) => {
        const projects = openProjects();
        projects.setFolders([folder]);
        const dockerfile = path.join(folder, 'docker', 'Dockerfile');
        assert.deepEqual(await projects.contexts(dockerfile, ['main.go']), [folder]);
        assert.deepEqual(await projects.contexts(dockerfile, ['conf']), [path.dirname(dockerfile)]);
        assert.deepEqual(await projects.contexts(dockerfile, ['main.go']), [folder]);
      },
    ));

  it('know the Dockerfiles around a project file, the nearest first', () =>
    inFolder(
      {
        'a/go.mod': 'module example.com/a\n',
        'a/Dockerfile': 'FROM scratch\n',
        'a/deploy/api.Dockerfile': '',
        'vendor/x/Dockerfile': '',
        'b/Dockerfile': '',
        'a/Dockerfile.dockerignore': '',
      },
      async (folder) => {
        const projects = openProjects();
        projects.setFolders([folder]);
        const found = await projects.dockerfilesAround(path.join(folder, 'a', 'go.mod'));
        const names = found.map((file) => path.relative(folder, file));
        assert.deepEqual(names, ['a/Dockerfile', 'a/deploy/api.Dockerfile', 'b/Dockerfile']);
        assert.equal(await projects.text(found[0] ?? ''), 'FROM scratch\n');
      },
    ));
});
