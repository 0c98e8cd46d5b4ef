import type { CommentLanguage } from '../protocol.ts';
import { commentsIn } from './comments.ts';
import { lines } from './text.ts';

/** A pattern and the names it stands for. */
interface Hidden {
  readonly pattern: string;
  readonly hides: RegExp;
}

const below = (name: string): RegExp => new RegExp(`^${name}(?:/|$)`);

const hidden: readonly Hidden[] = [
  { pattern: '.git', hides: below('\\.git') },
  { pattern: '.github', hides: below('\\.github') },
  { pattern: '.vscode', hides: below('\\.vscode') },
  { pattern: '.idea', hides: below('\\.idea') },
  { pattern: '**/.env', hides: /(?:^|\/)\.env(?:\/|$)/ },
  { pattern: '**/.env.*', hides: /(?:^|\/)\.env\.[^/]+/ },
  { pattern: 'Dockerfile*', hides: /^Dockerfile[^/]*/ },
  { pattern: '.dockerignore', hides: /^\.dockerignore$/ },
  { pattern: 'compose*.y*ml', hides: /^compose[^/]*\.y[^/]*ml$/ },
  { pattern: 'docker-compose*.y*ml', hides: /^docker-compose[^/]*\.y[^/]*ml$/ },
  { pattern: '**/node_modules', hides: /(?:^|\/)node_modules(?:\/|$)/ },
  { pattern: 'bin', hides: below('bin') },
  { pattern: 'dist', hides: below('dist') },
  { pattern: 'coverage.*', hides: /^coverage\.[^/]*/ },
  { pattern: '**/*.test', hides: /\.test(?:\/|$)/ },
];

/** Everything before the first wildcard: the folder or file that must stay. */
const fixedPart = (pattern: string): string => pattern.replace(/\/?[^/]*[*?[].*$/, '');

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
  const fixed = patterns.map(fixedPart);
  const all = [...needed, ...fixed];
  const safe = hidden.filter(({ hides }) => !fixed.includes('') && !all.some((path) => hides.test(path)));
  const always = hidden.filter(({ pattern }) => pattern === '.git');
  const ours = (safe.length > 0 ? safe : always).map(({ pattern }) => pattern);
  if (existing !== undefined && existing.trim() !== '') return extended(existing, ours, all, recipe);
  return lines`
    ${commentsIn(language, comments)('ignored')}
    ${ours}
  `;
};
