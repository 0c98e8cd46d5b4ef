/** What a .gitignore says of paths relative to it, with `/`. */
export interface GitIgnore {
  /** Folders in which it names files: something makes those files, so that the folders will be there. */
  readonly folders: readonly string[];
  /** Whether git would not keep the path, or may not: a file of that name is somebody's own, and none can be missed. */
  hides(path: string): boolean;
}

interface Pattern {
  readonly negated: boolean;
  /** `vendor/` is a folder, never a file. */
  readonly isFolder: boolean;
  readonly expression: RegExp;
}

/** What a part of a name stands for: `*`, `?`, `[568vq]`, an escaped character, or itself. */
const partExpression = (part: string): string => {
  if (part.startsWith('*')) return '[^/]*';
  if (part === '?') return '[^/]';
  if (part.length > 2 && part.startsWith('[')) return part.replace(/^\[!/, '[^');
  return part.replace(/^\\(?=.)/, '').replace(/[.+^${}()|\\[\]*?]/g, '\\$&');
};

/** Many stars match slowly, and other brackets are not read: both may mean any name. */
const segmentExpression = (segment: string): string => {
  const parts: readonly string[] = segment.match(/\*+|\[!?\w+(?:-\w)?\w*\]|\\.|[\s\S]/g) ?? [];
  if (parts.includes('[') || parts.filter((part) => part.startsWith('*')).length > 3) return '[^/]+';
  return parts.map(partExpression).join('');
};

/** The pattern of a line without its `!` and its last `/`. Without another slash it is a name in any folder. */
const expressionOf = (text: string): RegExp => {
  const segments = text.replace(/^\//, '').split('/');
  const isName = segments.length === 1 && !text.startsWith('/');
  const parts = segments.filter((segment, at) => segment !== '**' || segments[at - 1] !== '**');
  // Matching many of them is slow: such a pattern may mean any path, as one with `[z-a]`.
  if (parts.filter((segment) => segment === '**').length > 3) return /^/;
  const last = parts.length - 1;
  const body = parts.map((segment, at) => {
    if (segment === '**') return at === last ? '.+' : '(?:.+/)?';
    return segmentExpression(segment) + (at === last ? '' : '/');
  });
  try {
    return new RegExp(`^${isName ? '(?:.*/)?' : ''}${body.join('')}$`);
  } catch {
    return /^/;
  }
};

const patternOf = (whole: string): readonly Pattern[] => {
  const line = whole.trim();
  if (line === '' || line.startsWith('#')) return [];
  const negated = line.startsWith('!');
  const text = line.replace(/^!/, '');
  const isFolder = text.endsWith('/');
  const bare = text.replace(/\/+$/, '');
  // What is not read to the letter may hide, and takes nothing back.
  const isVague = bare.includes('[') || bare.split('*').length > 4;
  return bare === '' || (negated && isVague) ? [] : [{ negated, isFolder, expression: expressionOf(bare) }];
};

/** The last pattern that speaks of a path decides, and nothing brings back what lies in a hidden folder. */
const hidesWith = (patterns: readonly Pattern[], path: string): boolean => {
  const segments = path.split('/');
  return segments.some((_, end) => {
    const isLeaf = end === segments.length - 1;
    const at = segments.slice(0, end + 1).join('/');
    // Nobody knows whether a path that is not there is a folder: what `!` says of folders does not bring it back.
    const speaks = patterns.findLast(
      ({ expression, negated, isFolder }) => !(isLeaf && negated && isFolder) && expression.test(at),
    );
    return speaks !== undefined && !speaks.negated;
  });
};

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

/** Reads a .gitignore; no text makes it throw. */
export const parseGitIgnore = (text: string): GitIgnore => {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const patterns = lines.flatMap(patternOf);
  return { folders: lines.flatMap(foldersNamed), hides: (path) => hidesWith(patterns, path) };
};
