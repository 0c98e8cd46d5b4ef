import { once } from '../once.ts';
import { type Closure, importClosure } from './imports.ts';
import type { ProjectFacts } from './project-facts.ts';

/**
 * Import closures by packages and question. Packages never change (those of a changed project are a new object), so that
 * what was followed for one keystroke, or for another Dockerfile of the project, holds for the next.
 */
const followed = new WeakMap<ProjectFacts['packages'], Map<string, Closure>>();

/** The closure of a package for Linux; undefined when its own sources were not read. */
export const closureOf = (
  facts: ProjectFacts,
  importPath: string,
  tags: ReadonlySet<string>,
  cgo: boolean,
): Closure | undefined => {
  if (!facts.packages.has(importPath)) return undefined;
  const known = once(followed, facts.packages, () => new Map<string, Closure>());
  const key = [importPath, String(cgo), ...[...tags].sort()].join(' ');
  const closure = known.get(key) ?? importClosure(facts, importPath, { goos: 'linux', goarch: 'amd64', cgo, tags });
  known.set(key, closure);
  return closure;
};
