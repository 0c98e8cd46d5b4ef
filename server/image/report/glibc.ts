import type { ElfFacts } from '../binary/inspect.ts';
import { find, type Node } from '../filesystem/tree.ts';
import type { LibraryReport } from './binary-model.ts';

/**
 * The newest glibc that a program and its libraries ask for, and the one that is there; undefined for programs without glibc.
 * Versions such as `2.34`.
 */
export function glibcOf(
  root: Node,
  program: ElfFacts,
  libraries: readonly LibraryReport[],
): { readonly needed: string; readonly found: string | undefined } | undefined {
  const users = [program, ...libraries.flatMap(({ path }) => elfAt(root, path))];
  const needed = newest(users.flatMap(({ dynamic }) => [...(dynamic?.versionsNeeded.values() ?? [])].flat()));
  if (needed === undefined) return undefined;
  const libc = libraries.find(({ name }) => name === 'libc.so.6');
  const found = newest(elfAt(root, libc?.path).flatMap(({ dynamic }) => dynamic?.versionsDefined ?? []));
  return { needed, found };
}

function elfAt(root: Node, path: string | undefined): readonly ElfFacts[] {
  const facts = path === undefined ? undefined : find(root, path)?.node.content?.facts;
  return facts?.kind === 'elf' ? [facts] : [];
}

function newest(names: readonly string[]): string | undefined {
  const versions = names.flatMap((name) => /^GLIBC_(\d+(?:\.\d+)+)$/.exec(name)?.[1] ?? []);
  return versions.sort(compareVersions).at(-1);
}

/** By number, part by part. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
