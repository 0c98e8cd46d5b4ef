import type { GoPackage, ProjectFacts } from './project-facts.ts';

const indexed = new WeakMap<ProjectFacts, ReadonlyMap<string, GoPackage>>();

/** The package of the context's own modules that lies in a folder of the context. */
export const packageAt = (facts: ProjectFacts, dir: string): GoPackage | undefined => {
  const index =
    indexed.get(facts) ??
    new Map([...facts.packages.values()].flatMap((each) => (each.dir === undefined ? [] : [[each.dir, each]])));
  indexed.set(facts, index);
  return index.get(dir);
};

/** Whether a folder's package is a program; files behind `//go:build ignore` are programs of their own. */
export const isMain = ({ files }: Pick<GoPackage, 'files'>): boolean =>
  files.some(({ packageName, constraint }) => packageName === 'main' && !/\bignore\b/.test(constraint ?? ''));
