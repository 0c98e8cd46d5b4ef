import { once } from '../once.ts';
import { type Closure, importClosure } from './imports.ts';
import type { ProjectFacts } from './project-facts.ts';

/**
 * Import closures by packages, modules and question. Neither ever changes (those of a changed project are new objects), so that
 * what was followed for one keystroke, or for another Dockerfile of the project, holds for the next.
 */
const followed = new WeakMap<ProjectFacts['packages'], WeakMap<ProjectFacts['modules'], Map<string, Closure>>>();

/** The closure of a package for Linux; undefined when its own sources were not read. */
export const closureOf = (
  facts: ProjectFacts,
  importPath: string,
  tags: ReadonlySet<string>,
  cgo: boolean,
): Closure | undefined => {
  if (!facts.packages.has(importPath)) return undefined;
  const ofPackages = once(followed, facts.packages, () => new WeakMap<ProjectFacts['modules'], Map<string, Closure>>());
  const known = once(ofPackages, facts.modules, () => new Map<string, Closure>());
  const key = [importPath, String(cgo), ...[...tags].sort()].join(' ');
  const closure = known.get(key) ?? importClosure(facts, importPath, { goos: 'linux', goarch: 'amd64', cgo, tags });
  known.set(key, closure);
  return closure;
};
