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
  { pattern: 'bin', hides: below('bin') },
  { pattern: 'dist', hides: below('dist') },
  { pattern: 'coverage.*', hides: /^coverage\.[^/]*/ },
  { pattern: '**/*.test', hides: /\.test(?:\/|$)/ },
];

/** Everything before the first wildcard: the folder or file that must stay. */
const fixedPart = (pattern: string): string => pattern.replace(/\/?[^/]*[*?[].*$/, '');

/**
 * A .dockerignore that hides nothing of `needed` (files the build or the program reads) and nothing of `patterns`
 * (embedded or opened, relative to the context, perhaps with wildcards).
 */
export const dockerignoreText = (needed: Iterable<string>, patterns: readonly string[], comments: boolean): string => {
  const fixed = patterns.map(fixedPart);
  const all = [...needed, ...fixed];
  const safe = hidden.filter(({ hides }) => !fixed.includes('') && !all.some((path) => hides.test(path)));
  const always = hidden.filter(({ pattern }) => pattern === '.git');
  return lines`
    ${comments ? '# Not part of the build: secrets stay out of it, and their changes do not repeat it.' : undefined}
    ${(safe.length > 0 ? safe : always).map(({ pattern }) => pattern)}
  `;
};
