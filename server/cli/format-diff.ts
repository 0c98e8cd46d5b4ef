import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { Console } from './console.ts';
import type { Linted } from './lint-targets.ts';
import type { ChangedFile } from './project-changes.ts';
import { nameOf } from './targets.ts';

/**
 * What fixing changes, each file once, as `patch -p1` takes it in the current folder, and git apply at the root of a
 * repository.
 */
export function formatDiff(linted: readonly Linted[], { folder }: Console): string {
  const changes = new Map(linted.flatMap((one) => one.changes.map((change) => [change.file, change])));
  return [...changes.values()].map((change) => patchOf(change, folder)).join('');
}

function patchOf({ file, mark, before, after }: ChangedFile, folder: string): string {
  const name = nameOf(file, folder).replaceAll('\\', '/').replace(/^\//, '');
  const old = before === undefined ? '/dev/null' : `a/${name}`;
  return createTwoFilesPatch(old, `b/${name}`, mark + (before ?? ''), mark + after, undefined, undefined, {
    headerOptions: FILE_HEADERS_ONLY,
  });
}
