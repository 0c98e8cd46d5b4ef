import type { ContextFacts } from '../go/project-facts.ts';
import { contextPath } from './paths.ts';

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
  if (!context.files.has(clean)) return 'absent';
  return context.isIgnored(clean) ? 'absent' : 'file';
};
