import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { surveyTree } from '../../scripts/survey/survey-tree.ts';

describe('npm run survey', () => {
  it('lints every Dockerfile of a tree, and tells of those it cannot read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'go-dockerfile-survey-'));
    try {
      await writeFile(join(folder, 'Dockerfile'), 'FROM golang:1.22-slim\n');
      await writeFile(join(folder, 'empty.Dockerfile'), '');
      const [first, second, ...rest] = await surveyTree(folder);
      assert.deepEqual(rest, []);
      assert.ok(first?.findings.some(({ rule }) => rule === 'no-unknown-golang-tag'));
      assert.deepEqual([first?.problem, second?.problem, second?.findings], [undefined, undefined, []]);
      const [missing] = await surveyTree(join(folder, 'nothing'));
      assert.match(missing?.problem ?? '', /cannot be read/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
