const escaped = (text: string): string => text.replace(/[.+^${}()|[\]\\]/g, '\\$&');

/** Whether a pattern of GOPRIVATE, GONOPROXY and the like names a module path: globs match a prefix of whole path elements. */
export const matchesPrivate = (pattern: string, path: string): boolean => {
  const glob = escaped(pattern.trim().replace(/\/$/, '')).replace(/\*/g, '[^/]*').replace(/\?/g, '[^/]');
  return glob !== '' && new RegExp(`^${glob}(?:/|$)`).test(path);
};
