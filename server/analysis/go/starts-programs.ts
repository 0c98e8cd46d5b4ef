import type { Tri } from '../known.ts';
import { closureOf } from './closures.ts';
import { importClosure } from './imports.ts';
import type { ProjectFacts } from './project-facts.ts';

/** Packages that start programs, or import os/exec to do it: go itself, and CGI scripts. */
const starting = ['os/exec', 'go/build', 'go/importer', 'net/http/cgi'];

const plain = { goos: 'linux', goarch: 'amd64', cgo: true, tags: new Set<string>() };

/** Whether a main package reaches os/exec, itself or by the standard library, and so may start other programs; unknown as long as not all it imports was read. */
export const startsPrograms = (project: ProjectFacts, importPath: string): Tri => {
  const { std, packages, reached } =
    closureOf(project, importPath, plain.tags, true) ?? importClosure(project, importPath, plain);
  if (starting.some((path) => std.has(path))) return 'yes';
  return [...reached].every((path) => std.has(path) || packages.has(path)) ? 'no' : 'unknown';
};
