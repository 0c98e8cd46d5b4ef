import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createProjects, type Projects } from '../../server/project/projects.ts';
import { inFolder, writeFiles } from './folder.ts';

const files = {
  'go.mod': 'module example.com/app\n\ngo 1.24\n',
  'main.go': 'package main\n',
  'db/db.go': 'package db\n',
  Dockerfile: 'FROM scratch\n',
};

/** A loaded project; `read()` tells and clears the files read since. */
const withProject = (
  test: (folder: string, projects: Projects, read: () => string[], load: Projects['load']) => Promise<void>,
): Promise<void> =>
  inFolder(files, async (folder) => {
    const seen: string[] = [];
    const projects = createProjects({
      onRead: (path) => seen.push(relative(folder, path)),
      env: { GOMODCACHE: '/none' },
    });
    await projects.load(folder, join(folder, 'Dockerfile'));
    await test(folder, projects, () => seen.splice(0).sort(), projects.load);
    projects.dispose();
  });

const dockerfileOf = (folder: string): string => join(folder, 'Dockerfile');

describe('cached projects', () => {
  it('read each file once', () =>
    withProject(async (folder, projects, read, load) => {
      deepEqual(read(), ['db/db.go', 'go.mod', 'main.go']);
      const facts = await load(folder, dockerfileOf(folder));
      equal(facts, projects.facts(folder, dockerfileOf(folder)));
      deepEqual(read(), []);
    }));

  it('share what is under way', () =>
    inFolder(files, async (folder) => {
      const seen: string[] = [];
      const projects = createProjects({ onRead: (path) => seen.push(path) });
      const dockerfile = dockerfileOf(folder);
      equal(projects.facts(folder, dockerfile), undefined);
      const other = projects.load(folder, join(folder, 'other/Dockerfile'));
      const [a, b] = await Promise.all([projects.load(folder, dockerfile), projects.load(folder, dockerfile), other]);
      equal(a, b);
      equal(seen.length, 3);
    }));

  it('read again only the file that changed', () =>
    withProject(async (folder, projects, read, load) => {
      read();
      const before = projects.facts(folder, dockerfileOf(folder));
      await writeFiles(folder, { 'db/db.go': 'package db\nimport "C"\n' });
      equal(projects.changed([join(folder, 'db/db.go')]), true);
      equal(projects.facts(folder, dockerfileOf(folder)), before);
      const facts = await load(folder, dockerfileOf(folder));
      deepEqual(read(), ['db/db.go']);
      equal(facts.packages.get('example.com/app/db')?.files[0]?.cgo, true);
      notEqual(facts, before);
    }));

  it('see files in new folders and miss removed ones', () =>
    withProject(async (folder, projects, read, load) => {
      read();
      await writeFiles(folder, { 'x/y/y.go': 'package y\n' });
      await rm(join(folder, 'db'), { recursive: true });
      projects.changed([join(folder, 'x/y/y.go'), join(folder, 'db')]);
      const facts = await load(folder, dockerfileOf(folder));
      deepEqual(read(), ['x/y/y.go']);
      deepEqual([...facts.packages.keys()].sort(), ['example.com/app', 'example.com/app/x/y']);
    }));

  it('notice an ignore file that appears', () =>
    withProject(async (folder, projects, _read, load) => {
      await writeFiles(folder, { '.dockerignore': 'db\n' });
      projects.changed([join(folder, '.dockerignore')]);
      const { context } = await load(folder, dockerfileOf(folder));
      deepEqual([context.ignoreFile, context.isIgnored('db/db.go')], ['.dockerignore', true]);
    }));

  it('are not moved by .git or by what is elsewhere', () =>
    withProject(async (folder, projects, _read, load) => {
      const before = await load(folder, dockerfileOf(folder));
      projects.changed([join(folder, '.git/index'), '/elsewhere/main.go']);
      equal(await load(folder, dockerfileOf(folder)), before);
    }));

  it('compare by time and size when asked to', () =>
    withProject(async (folder, _projects, read, load) => {
      read();
      await writeFiles(folder, { 'main.go': 'package main\nimport "os"\n', 'new.go': 'package main\n' });
      const facts = await load(folder, dockerfileOf(folder), { compare: true });
      deepEqual(read(), ['main.go', 'new.go']);
      equal(facts.packages.get('example.com/app')?.files.length, 2);
    }));

  it('read again what changed during a load', () =>
    withProject(async (folder, projects, _read, load) => {
      projects.changed([join(folder, 'main.go')]);
      const first = load(folder, dockerfileOf(folder));
      await writeFiles(folder, { 'main.go': 'package main\nimport "io"\n' });
      projects.changed([join(folder, 'main.go')]);
      const second = await load(folder, dockerfileOf(folder));
      await first;
      deepEqual(second.packages.get('example.com/app')?.files[0]?.imports, ['io']);
      equal(projects.facts(folder, dockerfileOf(folder)), second);
    }));
});
