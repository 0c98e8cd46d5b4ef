import type { ContextFacts } from '../go/project-facts.ts';
import { contextPath } from './paths.ts';

/** Whether the files of the context are known, and no other folder may be the context. */
export const isSureContext = ({ known, nested }: ContextFacts): boolean => known && !nested;

export type Presence = 'file' | 'folder' | 'absent' | 'unknown';

const isUnread = (context: ContextFacts, path: string): boolean => {
  if (context.unread.size === 0) return false;
  const segments = path.split('/');
  return segments.some((_, end) => context.unread.has(segments.slice(0, end + 1).join('/')));
};

/** What Docker finds at a path of the build context, after .dockerignore. */
export const inContext = (context: ContextFacts, path: string): Presence => {
  if (!context.known) return 'unknown';
  const clean = contextPath(path);
  if (clean === '') return 'folder';
  if (isUnread(context, clean)) return 'unknown';
  if (context.folders.has(clean)) return 'folder';
  const isThere = context.files.has(clean);
  if (!isThere && !context.mayBeMade?.(clean)) return 'absent';
  if (context.isIgnored(clean)) return 'absent';
  return isThere ? 'file' : 'unknown';
};

const listed = new WeakMap<ContextFacts['files'], ReadonlyMap<string, readonly string[]>>();

/** The names of the Go files of every folder of the build context. Facts never change, so that they are sorted once. */
export const sourcesByFolder = (context: ContextFacts): ReadonlyMap<string, readonly string[]> => {
  const known = listed.get(context.files);
  if (known) return known;
  const folders = new Map<string, string[]>();
  for (const path of context.files) {
    if (!path.endsWith('.go')) continue;
    const slash = path.lastIndexOf('/');
    const folder = path.slice(0, Math.max(0, slash));
    const names = folders.get(folder) ?? [];
    names.push(path.slice(slash + 1));
    folders.set(folder, names);
  }
  listed.set(context.files, folders);
  return folders;
};

/** The paths of the context that a COPY source with `*` or `?` names; undefined for patterns that are not understood. */
export const contextPattern = (source: string): RegExp | undefined => {
  if (/[[{]|\*\*/.test(source)) return undefined;
  const pattern = contextPath(source)
    .replace(/[.+^$()|\\]/g, '\\$&')
    .replace(/\*/g, '[^/]*')
    .replace(/\?/g, '[^/]');
  return new RegExp(`^${pattern}$`);
};
