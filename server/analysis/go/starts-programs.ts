import type { Tri } from '../known.ts';
import { closureOf } from './closures.ts';
import { importClosure } from './imports.ts';
import type { ProjectFacts } from './project-facts.ts';

const plain = { goos: 'linux', goarch: 'amd64', cgo: true, tags: new Set<string>() };

/** Whether a main package reaches os/exec, and so may start other programs; unknown as long as not all it imports was read. */
export const startsPrograms = (project: ProjectFacts, importPath: string): Tri => {
  const { std, packages, reached } =
    closureOf(project, importPath, plain.tags, true) ?? importClosure(project, importPath, plain);
  if (std.has('os/exec')) return 'yes';
  return [...reached].every((path) => std.has(path) || packages.has(path)) ? 'no' : 'unknown';
};
