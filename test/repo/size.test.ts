import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

const sources = (folder: string): readonly string[] =>
  readdirSync(resolve(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));

describe('files', () => {
  it('have at most 200 lines', () => {
    const long = ['client', 'server', 'scripts'].flatMap(sources).flatMap((path) => {
      const lines = readFileSync(resolve(root, path), 'utf8').split('\n').length - 1;
      return lines > 200 ? [`${path}: ${lines}`] : [];
    });
    assert.deepEqual(long, []);
  });
});
