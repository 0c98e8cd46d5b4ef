import ignore from 'ignore';

/** What a .gitignore says of paths relative to it, with `/`. */
export interface GitIgnore {
  /** Folders in which it names files: something makes those files, so that the folders will be there. */
  readonly folders: readonly string[];
  /** Whether git would not keep the path, or may not: a file of that name is somebody's own, and none can be missed. */
  hides(path: string): boolean;
}

/** A .gitignore names files in them (`/docs/swagger.json`), which is no use for a folder that is never there. */
const foldersNamed = (whole: string): readonly string[] => {
  const line = whole.trim();
  if (line === '' || /^[#!]/.test(line)) return [];
  const segments = line.split('/').filter((segment) => segment !== '');
  const folders = segments.slice(0, -1);
  const last = segments.at(-1) ?? '';
  // `bin/*` hides a folder as `bin` does: programs lie there, and others may build them.
  return folders.length === 0 || /^\*+$/.test(last) || folders.some((segment) => /[*?[]/.test(segment))
    ? []
    : [folders.join('/')];
};

/** Such a pattern takes time to match: it may mean any name. */
const isSlow = (line: string): boolean => line.split('*').length > 7;

/** Reads a .gitignore; no text makes it throw. */
export const parseGitIgnore = (text: string): GitIgnore => {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const rules = ignore({ ignorecase: false }).add(lines.filter((line) => !isSlow(line)));
  const anything = lines.some((line) => isSlow(line) && !line.startsWith('!'));
  return {
    folders: lines.flatMap(foldersNamed),
    // Nobody knows whether a path that is not there is a folder.
    hides: (path) => anything || (ignore.isPathValid(path) && (rules.ignores(path) || rules.ignores(`${path}/`))),
  };
};
