import type { Environment } from './engine-model.ts';
import { programOutput } from './process.ts';
import { programsNamed } from './programs.ts';

/** What Git knows of the commit that is checked out. */
export interface GitFacts {
  /** Abbreviated. */
  readonly commit: string;
  /** Tags of this very commit. */
  readonly tags: readonly string[];
  /** Every tag of the repository: whether a release is the newest. */
  readonly allTags: readonly string[];
  /** Something is not committed. */
  readonly dirty: boolean;
}

interface Release {
  readonly tag: string;
  readonly numbers: readonly [number, number, number];
  readonly stable: boolean;
}

/**
 * The names that an image of this commit gets: `app:v1.4.0`, `app:v1.4`, `app:latest` for the newest stable release, and
 * always `app:sha-…`. With uncommitted changes it is no release: `app:sha-…-dirty` alone.
 */
export function gitTags(name: string, { commit, tags, allTags, dirty }: GitFacts): readonly string[] {
  if (dirty) return [`${name}:sha-${commit}-dirty`];
  const releases = tags.flatMap(releaseOf);
  const all = allTags.flatMap(releaseOf).filter(({ stable }) => stable);
  const versions = releases.flatMap(({ tag, stable, numbers }) => {
    const sameMinor = all.filter(({ numbers: [major, minor] }) => major === numbers[0] && minor === numbers[1]);
    const short = `${tag.startsWith('v') ? 'v' : ''}${numbers[0]}.${numbers[1]}`;
    return [
      tag.replaceAll('+', '_'),
      ...(stable && isNewest(numbers, sameMinor) ? [short] : []),
      ...(stable && isNewest(numbers, all) ? ['latest'] : []),
    ];
  });
  return [...new Set([...versions, `sha-${commit}`])].map((tag) => `${name}:${tag}`);
}

function releaseOf(tag: string): readonly Release[] {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.exec(tag);
  if (!match) return [];
  const [, major, minor, patch, pre] = match;
  return [{ tag, numbers: [Number(major), Number(minor), Number(patch)], stable: pre === undefined }];
}

const isNewest = (numbers: Release['numbers'], among: readonly Release[]): boolean =>
  among.every((other) => compare(numbers, other.numbers) >= 0);

function compare(one: Release['numbers'], other: Release['numbers']): number {
  for (const [at, number] of one.entries()) if (number !== other[at]) return number - (other[at] ?? 0);
  return 0;
}

/** Asks Git about a folder; undefined where it has no commit, or Git is not installed. */
export async function readGit(
  folder: string,
  environment: Environment,
  signal: AbortSignal,
): Promise<GitFacts | undefined> {
  const [git] = programsNamed('git', environment);
  if (git === undefined) return undefined;
  const ask = async (...words: string[]): Promise<string | undefined> => {
    const { code, stdout } = await programOutput(git, ['-C', folder, ...words], environment, signal);
    return code === 0 ? stdout.trim() : undefined;
  };
  const commit = await ask('rev-parse', '--short=12', 'HEAD');
  if (!commit) return undefined;
  const lines = (text: string | undefined): readonly string[] => text?.split('\n').filter(Boolean) ?? [];
  const [tags, allTags, status] = [
    lines(await ask('tag', '--points-at', 'HEAD')),
    lines(await ask('tag', '--list')),
    await ask('status', '--porcelain'),
  ];
  return { commit, tags, allTags, dirty: status !== '' };
}
