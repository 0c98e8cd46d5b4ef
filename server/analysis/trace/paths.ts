/** Absolute POSIX path arithmetic; the core has no node:path. */

const parts = (path: string): readonly string[] => {
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') kept.pop();
    else kept.push(part);
  }
  return kept;
};

/** Most paths are tidy, and this is asked very often. */
const isTidy = (path: string): boolean =>
  path.startsWith('/') && !path.includes('//') && !path.includes('/.') && (path === '/' || !path.endsWith('/'));

/** `/a/./b//../c/` -> `/a/c`; a leading `..` is cut at the root. */
export const normalize = (path: string): string => (isTidy(path) ? path : `/${parts(path).join('/')}`);

/** `path` as seen from `folder`, normalized. */
export const resolve = (folder: string, path: string): string =>
  normalize(path.startsWith('/') ? path : `${folder}/${path}`);

export const join = (folder: string, name: string): string =>
  normalize(folder === '/' ? `/${name}` : `${folder}/${name}`);

export const basename = (path: string): string => path.split('/').findLast((part) => part !== '') ?? '';

/** The folder a normalized path lies in; `/` lies in itself. */
export const parent = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));

/** The path itself, then its folders up to `/`. */
export const upward = (path: string): readonly string[] => {
  const all = [normalize(path)];
  for (let at = all[0] ?? '/'; at !== '/'; ) {
    at = parent(at);
    all.push(at);
  }
  return all;
};

/** The rest of `path` below `folder` (`''` for the folder itself), or undefined when it does not lie in it. */
export const below = (folder: string, path: string): string | undefined => {
  if (path === folder) return '';
  if (!path.startsWith(folder)) return undefined;
  if (folder === '/') return path.slice(1);
  return path[folder.length] === '/' ? path.slice(folder.length + 1) : undefined;
};

/** Context-relative paths have no leading slash: `''` is the context. */
export const contextPath = (path: string): string => parts(path).join('/');
