import { once } from '../once.ts';
import type { GoPackage, ProjectFacts } from './project-facts.ts';

const indexed = new WeakMap<ProjectFacts['packages'], ReadonlyMap<string, GoPackage>>();

/** The package of the context's own modules that lies in a folder of the context. */
export const packageAt = ({ packages }: ProjectFacts, dir: string): GoPackage | undefined =>
  once(
    indexed,
    packages,
    () => new Map([...packages.values()].flatMap((each) => (each.dir === undefined ? [] : [[each.dir, each]]))),
  ).get(dir);

/** Whether a folder's package is a program; files behind `//go:build ignore` are programs of their own. */
export const isMain = ({ files }: Pick<GoPackage, 'files'>): boolean =>
  files.some(({ packageName, constraint }) => packageName === 'main' && !/\bignore\b/.test(constraint ?? ''));
