import { deepEqual, equal } from 'node:assert/strict';
import { join } from 'node:path';
import { createProjects } from '../../server/project/projects.ts';
import { inFolder, writeFiles } from './folder.ts';

const body = '// A line that is not looked at.\nfunc f() string { return "x" }\n'.repeat(60);

const source = (name: string, at: number): string =>
  `package ${name}\n\nimport (\n\t"fmt"\n\t"net/http"\n\t"example.com/large/p${at}"\n)\n\n${body}`;

const repository = (): Record<string, string> => {
  const files: Record<string, string> = { 'go.mod': 'module example.com/large\n\ngo 1.24\n', Dockerfile: '' };
  for (let folder = 0; folder < 250; folder++) {
    for (let file = 0; file < 20; file++) files[`p${folder}/f${file}.go`] = source(`p${folder}`, (folder + file) % 250);
  }
  return files;
};

/** Prints the time; asserts only what was read. */
const timed = async <T>(name: string, task: () => Promise<T>): Promise<T> => {
  const start = performance.now();
  const result = await task();
  console.log(`      ${name}: ${Math.round(performance.now() - start)} ms`);
  return result;
};

describe('a repository of 5,000 Go files', () => {
  it('is read once, then only where it changed', () =>
    inFolder(repository(), async (folder) => {
      let read: string[] = [];
      const projects = createProjects({ onRead: (path) => read.push(path), env: { GOMODCACHE: '/none' } });
      const load = (compare: boolean) => projects.load(folder, join(folder, 'Dockerfile'), { compare });
      const facts = await timed('first read', () => load(false));
      deepEqual([read.length, facts.packages.size], [5001, 250]);
      read = [];
      await timed('unchanged', () => load(false));
      await timed('unchanged, compared with the disk', () => load(true));
      deepEqual(read, []);
      const changed = join(folder, 'p7/f7.go');
      await writeFiles(folder, { 'p7/f7.go': 'package p7\n' });
      projects.changed([changed]);
      await timed('one file changed', () => load(false));
      deepEqual(read, [changed]);
      equal(projects.facts(folder, join(folder, 'Dockerfile'))?.packages.size, 250);
    }));
});
