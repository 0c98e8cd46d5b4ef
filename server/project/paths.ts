/** Folder of a context path; `''` is the context. */
export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** A path below a context folder, which may be `''`. */
export const inside = (dir: string, name: string): string => (dir === '' ? name : name === '' ? dir : `${dir}/${name}`);

/** `path` and its parents, longest first, without `''`: `a/b/c`, `a/b`, `a`. */
export const prefixes = (path: string): string[] => {
  const segments = path.split('/');
  return segments.map((_, at) => segments.slice(0, segments.length - at).join('/'));
};
