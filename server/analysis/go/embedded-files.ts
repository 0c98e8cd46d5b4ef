import { globPattern, withoutPrefix } from '../dockerfile/glob-pattern.ts';
import type { ContextFacts } from './project-facts.ts';

const isHidden = (name: string): boolean => /^[._]/.test(name);

const matcher = (segment: string): ((name: string) => boolean) | undefined => {
  if (segment.includes('[')) return undefined;
  const pattern = globPattern(segment);
  return (
    pattern &&
    ((name) => name !== '' && withoutPrefix(`${name}/`, [...pattern, { kind: 'char', char: '/' }], true) === '')
  );
};

const find = (context: ContextFacts, dir: string, written: string): readonly string[] | undefined => {
  const all = written.startsWith('all:');
  const wanted = written
    .slice(all ? 'all:'.length : 0)
    .split('/')
    .filter((part) => part !== '.');
  const matchers = wanted.map(matcher);
  if (matchers.some((each) => each === undefined)) return undefined;
  const prefix = dir === '' ? '' : `${dir}/`;
  return [...context.files].filter((path) => {
    if (!path.startsWith(prefix)) return false;
    const names = path.slice(prefix.length).split('/');
    if (names.length < wanted.length || !matchers.every((matches, at) => matches?.(names[at] ?? ''))) return false;
    // Files of a folder that is named whole: hidden ones only with `all:`.
    return all || !names.slice(wanted.length).some(isHidden);
  });
};

const known = new WeakMap<ContextFacts, Map<string, readonly string[] | undefined>>();

/**
 * The files of the build context, ignored ones too, that a `//go:embed` pattern of a package in `dir` takes; undefined
 * for patterns that are not understood.
 */
export const embeddedFiles = (context: ContextFacts, dir: string, pattern: string): readonly string[] | undefined => {
  const found = known.get(context) ?? new Map<string, readonly string[] | undefined>();
  known.set(context, found);
  const key = `${dir}\0${pattern}`;
  if (!found.has(key)) found.set(key, find(context, dir, pattern));
  return found.get(key);
};
