import type { Reading } from '../analysis/go/reading.ts';
import type { NodePackage } from '../analysis/go/surroundings.ts';
import { dirOf, joined } from './layout.ts';
import type { WebStage } from './recipe.ts';

/** Everything before the first wildcard. */
const fixedPart = (pattern: string): string => pattern.replace(/\/?[^/]*[*?[].*$/, '');

const contains = (dir: string, path: string): boolean => dir === '' || path === dir || path.startsWith(`${dir}/`);

/** A folder right below the package, such as `dist` or `build`, in which what is embedded lies. */
const outputOf = ({ dir }: NodePackage, path: string): string => {
  const rest = dir === '' ? path : path.slice(dir.length + 1);
  return joined(dir, rest.split('/')[0] ?? '');
};

/**
 * The Node package that makes what the program embeds: nothing but placeholders lies there, or nothing at all. Undefined
 * when everything embedded is there, or no package.json with a build script stands above it.
 */
export const webStage = ({ facts, signals, surroundings }: Reading, main: string): WebStage | undefined => {
  const { files } = facts.context;
  const isThere = (path: string): boolean =>
    [...files].some((file) => contains(path, file) && !/(?:^|\/)\.git(?:keep|ignore)$/.test(file));
  for (const path of signals(dirOf(main)).embeds.map(fixedPart)) {
    if (path === '' || isThere(path)) continue;
    const above = surroundings.nodePackages
      .filter(({ dir }) => dir !== path && contains(dir, path))
      .toSorted((a, b) => b.dir.length - a.dir.length);
    const [found] = above;
    if (found) return { ...found, output: outputOf(found, path) };
  }
  return undefined;
};

/** Embedded files and folders that are not there and that no Node package makes. */
export const missingEmbeds = ({ facts, signals }: Reading, main: string): readonly string[] => {
  const { files, folders } = facts.context;
  const fixed = signals(dirOf(main)).embeds.map(fixedPart);
  return [...new Set(fixed)].filter((path) => path !== '' && !files.has(path) && !folders.has(path));
};
