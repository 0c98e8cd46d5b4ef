import { dirname, join, resolve } from 'node:path';
import type { Disk } from './disk.ts';
import { below } from './ignore-file.ts';

/** Where a Dockerfile is likely built from. */
export interface InferredContext {
  /** The best fit: absolute. */
  readonly folder: string;
  /** All folders that fit as well as the best, nearest first; more than one is a question for the user. */
  readonly candidates: readonly string[];
}

/** Folders a Dockerfile may be built from: its own and those above it, up to the workspace, the repository or the module. */
export const foldersAbove = async (disk: Disk, own: string, workspace: string | undefined): Promise<string[]> => {
  const folders: string[] = [];
  let top = 1;
  for (let folder = own; ; folder = dirname(folder)) {
    folders.push(folder);
    if (folder === workspace || (await disk.has(folder, '.git'))) return folders;
    if (await isGoFolder(disk, folder)) top = folders.length;
    if (folder === dirname(folder)) break;
  }
  return folders.slice(0, top);
};

const isGoFolder = async (disk: Disk, folder: string): Promise<boolean> =>
  (await disk.has(folder, 'go.mod')) || disk.has(folder, 'go.work');

const globSegment = (segment: string): RegExp | undefined => {
  if (!/[*?[]/.test(segment)) return undefined;
  const body = segment
    .replace(/[.+^${}()|]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  try {
    return new RegExp(`^${body}$`);
  } catch {
    return undefined;
  }
};

const matches = async (disk: Disk, folder: string, segments: readonly string[]): Promise<boolean> => {
  const [first, ...rest] = segments;
  if (first === undefined) return true;
  const glob = globSegment(first);
  if (!glob) return (await disk.has(folder, first)) && matches(disk, join(folder, first), rest);
  for (const { name } of (await disk.list(folder)) ?? []) {
    if (glob.test(name) && (await matches(disk, join(folder, name), rest))) return true;
  }
  return false;
};

/** Segments of a source below the context, a leading `../` cut as Docker cuts it; undefined when it tells nothing. */
const segmentsOf = (source: string): string[] | undefined => {
  if (/^[a-z+]+:\/\/|^git@|^<<|\$/i.test(source)) return undefined;
  const segments: string[] = [];
  for (const part of source.split(/[\\/]/)) {
    if (part === '..') segments.pop();
    else if (part !== '' && part !== '.') segments.push(part);
  }
  return segments.length > 0 && segments.some((part) => part !== '*') ? segments : undefined;
};

const mostBy = async <T>(all: readonly T[], score: (item: T) => Promise<number>): Promise<T[]> => {
  const scores = await Promise.all(all.map(score));
  const best = Math.max(...scores);
  return all.filter((_, at) => scores[at] === best);
};

/**
 * The folder a Dockerfile is built from, by the sources of its COPY and ADD instructions (those without `--from`): where
 * most of them exist. Among equals those come first that compose, Bake or a workflow build it with (`asked`, absolute),
 * then a folder with go.mod or go.work, and the nearest of those. Variables, URLs,
 * `.` and `*` say nothing of the folder. Without `workspaceFolder` the search ends at the repository's root, or at the
 * topmost Go module above the Dockerfile. Never rejects.
 */
export const inferContext = async (
  disk: Disk,
  dockerfilePath: string,
  copySources: readonly string[],
  workspaceFolder: string | undefined,
  asked: readonly string[] = [],
): Promise<InferredContext> => {
  const own = dirname(resolve(dockerfilePath));
  const workspace = workspaceFolder === undefined ? undefined : resolve(workspaceFolder);
  const top = workspace !== undefined && below(workspace, own) !== undefined ? workspace : undefined;
  const folders = [...new Set([...(await foldersAbove(disk, own, top)), ...asked])];
  const sources = copySources.map(segmentsOf).filter((segments) => segments !== undefined);
  const score = async (folder: string): Promise<number> =>
    (await Promise.all(sources.map((segments) => matches(disk, folder, segments)))).filter(Boolean).length;
  const fitting = await mostBy(folders, score);
  const named = fitting.filter((folder) => asked.includes(folder));
  const candidates =
    named.length > 0 ? named : await mostBy(fitting, async (folder) => ((await isGoFolder(disk, folder)) ? 1 : 0));
  const folder = candidates[0] ?? own;
  const nothingFits = sources.length > 0 && (await score(folder)) === 0;
  return { folder, candidates: nothingFits ? [folder] : candidates };
};

/** What lies around a context folder. */
export interface Around {
  /** Whether a folder above it, up to the repository's own where there is one, is a Go module or workspace. */
  readonly nested: boolean;
  /** Its path in that repository; empty for the root, and outside of one. */
  readonly folder: string;
  /** The repository's folder: absolute; undefined outside of one. */
  readonly top: string | undefined;
}

/** What lies around a context folder (absolute). */
export const surroundings = async (disk: Disk, root: string): Promise<Around> => {
  let nested = false;
  for (let top = root; ; ) {
    if (await disk.has(top, '.git')) return { nested, folder: below(top, root) ?? '', top };
    if (top === dirname(top)) return { nested, folder: '', top: undefined };
    top = dirname(top);
    nested ||= await isGoFolder(disk, top);
  }
};
