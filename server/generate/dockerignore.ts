import { fixedPart, ignorePatterns } from '../analysis/go/ignore-patterns.ts';
import type { CommentLanguage } from '../protocol.ts';
import { commentsIn } from './comments.ts';
import { lines } from './text.ts';

/** What a .dockerignore is made from. Paths are relative to the context. */
export interface IgnoreRecipe {
  /** Files the build reads. */
  readonly needed: readonly string[];
  /** Embedded or opened, perhaps with wildcards. */
  readonly patterns: readonly string[];
  /** Text of the file that lies there: its lines stay. */
  readonly existing: string | undefined;
  /** What that file hides. */
  readonly isIgnored: (path: string) => boolean;
  readonly comments: boolean;
  readonly language: CommentLanguage;
}

/** The shallowest folder above a hidden path that is hidden itself, or the path. */
const hiddenPart = (path: string, isIgnored: (path: string) => boolean): string | undefined => {
  if (!isIgnored(path)) return undefined;
  const parts = path.split('/');
  const at = parts.findIndex((_, index) => isIgnored(parts.slice(0, index + 1).join('/')));
  return parts.slice(0, at + 1).join('/');
};

const linesOf = (text: string): readonly string[] => text.split(/\r?\n/).map((line) => line.trim().replace(/\/$/, ''));

/** The author's lines, then what is missing among ours, then what the build needs of what is hidden. */
const extended = (existing: string, ours: readonly string[], all: readonly string[], recipe: IgnoreRecipe): string => {
  const says = commentsIn(recipe.language, recipe.comments);
  const there = new Set(linesOf(existing).map((line) => line.replace(/^\*\*\//, '').replace(/^\//, '')));
  const missing = there.has('*') ? [] : ours.filter((pattern) => !there.has(pattern.replace(/^\*\*\//, '')));
  const shown = [...new Set(all.flatMap((path) => hiddenPart(path, recipe.isIgnored) ?? []))].sort();
  if (missing.length === 0 && shown.length === 0) return existing;
  return lines`
    ${existing.trimEnd().split(/\r?\n/)}
    ${missing}
    ${says('needed', shown.length > 0)}
    ${shown.map((path) => `!${path}`)}
  `;
};

/** A .dockerignore that hides nothing the build or the program reads. */
export const dockerignoreText = (recipe: IgnoreRecipe): string => {
  const { needed, patterns, existing, language, comments } = recipe;
  const all = [...needed, ...patterns.map(fixedPart)];
  const ours = ignorePatterns(all);
  if (existing !== undefined && existing.trim() !== '') return extended(existing, ours, all, recipe);
  return lines`
    ${commentsIn(language, comments)('ignored')}
    ${ours}
  `;
};
