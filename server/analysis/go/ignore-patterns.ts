/** A pattern of a .dockerignore and the names it stands for. */
interface Hidden {
  readonly pattern: string;
  readonly hides: RegExp;
  /** Whether nothing of the kind is ever compiled or run, whatever it is called in this project. */
  readonly apart: boolean;
}

const below = (name: string): RegExp => new RegExp(`^${name}(?:/|$)`);

const apart = (pattern: string, hides: RegExp): Hidden => ({ pattern, hides, apart: true });

const usual = (pattern: string, hides: RegExp): Hidden => ({ pattern, hides, apart: false });

const hidden: readonly Hidden[] = [
  apart('.git', below('\\.git')),
  apart('.github', below('\\.github')),
  apart('.vscode', below('\\.vscode')),
  apart('.idea', below('\\.idea')),
  apart('**/.env', /(?:^|\/)\.env(?:\/|$)/),
  apart('**/.env.*', /(?:^|\/)\.env\.[^/]+/),
  apart('Dockerfile*', /^Dockerfile[^/]*/),
  apart('.dockerignore', /^\.dockerignore$/),
  apart('compose*.y*ml', /^compose[^/]*\.y[^/]*ml$/),
  apart('docker-compose*.y*ml', /^docker-compose[^/]*\.y[^/]*ml$/),
  apart('**/node_modules', /(?:^|\/)node_modules(?:\/|$)/),
  usual('bin', below('bin')),
  usual('dist', below('dist')),
  usual('coverage.*', /^coverage\.[^/]*/),
  usual('**/*.test', /\.test(?:\/|$)/),
];

/** Everything before the first wildcard: the folder or file that must stay. */
export const fixedPart = (pattern: string): string => pattern.replace(/\/?[^/]*[*?[].*$/, '');

/**
 * Patterns of what no Go build needs, but for those that would hide something of `needed` (paths relative to the context;
 * `''` stands for anything). At least .git.
 */
export const ignorePatterns = (needed: readonly string[]): readonly string[] => {
  const safe = hidden.filter(({ hides }) => !needed.includes('') && !needed.some((path) => hides.test(path)));
  return safe.length > 0 ? safe.map(({ pattern }) => pattern) : ['.git'];
};

/** Of these files, those that a pattern would hide although they may be part of the program. */
export const perhapsNeeded = (files: Iterable<string>): readonly string[] => {
  const unsure = hidden.filter((each) => !each.apart);
  return [...files].filter((path) => unsure.some(({ hides }) => hides.test(path)));
};
