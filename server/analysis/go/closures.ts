import { type Closure, importClosure } from './imports.ts';
import type { ProjectFacts } from './project-facts.ts';

/**
 * Import closures by project and question. Facts never change (a changed project is a new object), so that what was
 * followed for one keystroke holds for the next; the memory goes with the facts.
 */
const followed = new WeakMap<ProjectFacts, Map<string, Closure>>();

/** The closure of a package for Linux; undefined when its own sources were not read. */
export const closureOf = (
  facts: ProjectFacts,
  importPath: string,
  tags: ReadonlySet<string>,
  cgo: boolean,
): Closure | undefined => {
  if (!facts.packages.has(importPath)) return undefined;
  const known = followed.get(facts) ?? new Map<string, Closure>();
  followed.set(facts, known);
  const key = [importPath, String(cgo), ...[...tags].sort()].join(' ');
  const closure = known.get(key) ?? importClosure(facts, importPath, { goos: 'linux', goarch: 'amd64', cgo, tags });
  known.set(key, closure);
  return closure;
};
