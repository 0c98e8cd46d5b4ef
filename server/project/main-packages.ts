import type { GoFile, ProjectFacts } from '../analysis/go/project-facts.ts';

/** A program of the context. */
export interface MainPackage {
  readonly importPath: string;
  /** Relative to the context; `''` is the context. */
  readonly dir: string;
  /** Path of its module. */
  readonly module: string;
}

const neverBuilt = ({ constraint }: GoFile): boolean =>
  constraint !== undefined && /^ignore\s*(?:&&|$)/.test(constraint);

/** The main packages of the context's own modules, by folder; files kept out by `//go:build ignore` make no program. */
export const mainPackages = ({ packages }: ProjectFacts): MainPackage[] => {
  const found: MainPackage[] = [];
  for (const { importPath, dir, module, files } of packages.values()) {
    if (dir === undefined) continue;
    if (files.some((file) => file.packageName === 'main' && !neverBuilt(file))) found.push({ importPath, dir, module });
  }
  return found.sort((a, b) => (a.dir < b.dir ? -1 : 1));
};
