import type { GoCode } from '../analysis/go/project-facts.ts';
import { mayBeStd } from '../analysis/go/std-packages.ts';
import { sourceOf, type Tokens, tokenKinds } from './go-tokens.ts';
import { type Import, localName } from './go-uses.ts';

const dot = '.'.charCodeAt(0);

/** Few names share their initial, by character code, and their length. */
const shapeOf = (initial: number, length: number): number => initial * 1024 + length;

/** The names that a file mentions of packages outside the standard library; those it imports with a dot or a `_` have none. */
export const mentionsIn = (tokens: Tokens, imports: readonly Import[]): GoCode['mentions'] => {
  const { kinds, count, text, starts, ends } = tokens;
  const named = imports.filter(({ name, path }) => name !== '.' && name !== '_' && !mayBeStd(path));
  const paths = new Map(named.map((each) => [localName(each), each.path]));
  const shapes = new Set([...paths.keys()].map((name) => shapeOf(name.charCodeAt(0), name.length)));
  const found = new Map<string, Set<string>>();
  for (let at = 0; paths.size > 0 && at + 2 < count; at++) {
    if (kinds[at + 1] !== dot || kinds[at] !== tokenKinds.name || kinds[at + 2] !== tokenKinds.name) continue;
    if (kinds[at - 1] === dot) continue;
    const start = starts[at] ?? 0;
    if (!shapes.has(shapeOf(text.charCodeAt(start), (ends[at] ?? 0) - start))) continue;
    const path = paths.get(sourceOf(tokens, at));
    if (path === undefined) continue;
    const names = found.get(path) ?? new Set();
    found.set(path, names.add(sourceOf(tokens, at + 2)));
  }
  return found;
};
