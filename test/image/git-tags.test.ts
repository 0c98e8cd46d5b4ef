import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gitTags, readGit } from '../../server/image/git-tags.ts';

describe('tags from Git', () => {
  const facts = { commit: 'abc123', tags: ['v1.4.0'], allTags: ['v1.3.9', 'v1.4.0', 'x'], dirty: false };
  const tags = (more: Partial<typeof facts>): string => gitTags('app', { ...facts, ...more }).join(' ');
  const same = (title: string, found: string, expected: string): void => {
    it(title, () => assert.equal(found, expected));
  };
  same('of the newest release', tags({}), 'app:v1.4.0 app:v1.4 app:latest app:sha-abc123');
  same('of an older line', tags({ tags: ['v1.3.9'] }), 'app:v1.3.9 app:v1.3 app:sha-abc123');
  same('of an older patch', tags({ tags: ['v1.4.0'], allTags: ['v1.4.0', 'v1.4.10'] }), 'app:v1.4.0 app:sha-abc123');
  same('of a candidate', tags({ tags: ['v2.0.0-rc.1'] }), 'app:v2.0.0-rc.1 app:sha-abc123');
  same(
    'with what a tag may not hold',
    tags({ tags: ['1.5.0+build'], allTags: ['1.5.0+build'] }),
    'app:1.5.0_build app:1.5 app:latest app:sha-abc123',
  );
  same('of a commit without a release', tags({ tags: ['nightly'] }), 'app:sha-abc123');
  same('of changes that are not committed', tags({ dirty: true }), 'app:sha-abc123-dirty');

  it('reads what Git knows', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'go-dockerfile-git '));
    const never = new AbortController().signal;
    const git = (...words: string[]): void =>
      void execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...words]);
    try {
      assert.equal(await readGit(folder, process.env, never), undefined);
      git('init', '--quiet');
      writeFileSync(path.join(folder, 'go.mod'), 'module a\n');
      git('add', '.');
      git('commit', '--quiet', '--message=one');
      git('tag', 'v1.0.0');
      const clean = await readGit(folder, process.env, never);
      assert.deepEqual([clean?.tags, clean?.allTags, clean?.dirty], [['v1.0.0'], ['v1.0.0'], false]);
      assert.match(clean?.commit ?? '', /^[0-9a-f]{12}$/);
      writeFileSync(path.join(folder, 'go.mod'), 'module b\n');
      assert.equal((await readGit(folder, process.env, never))?.dirty, true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
