import { type BuildContext, fileIsBuilt } from './build-constraints.ts';
import type { GoFile, GoPackage, ProjectFacts } from './project-facts.ts';

/** Import paths from the main package to the one that decides, both included. */
export type ImportChain = readonly string[];

/** The chain to a package, by who imports a package first; undefined for one that is not reached. */
export const chainTo = (
  from: ReadonlyMap<string, string | undefined>,
  target: string | undefined,
): ImportChain | undefined => {
  if (target === undefined || !from.has(target)) return undefined;
  const chain: string[] = [];
  for (let at: string | undefined = target; at !== undefined; at = from.get(at)) chain.unshift(at);
  return chain;
};

const mayRun = (name: string, { code }: GoFile): boolean =>
  code === undefined ||
  code.callable.includes(name) ||
  code.variables.some((variable) => !variable.constant && variable.name === name);

/**
 * Whether a file can make code of a package run that it imports: not when it mentions nothing but constants and types
 * without methods. Whatever was not read may.
 */
const runs = ({ code }: GoFile, imported: GoPackage | undefined): boolean => {
  const names = imported && code?.mentions.get(imported.importPath);
  return !imported || !names || [...names].some((name) => imported.files.some((file) => mayRun(name, file)));
};

/** Of the wanted packages those of which code may run when the program does, each by a chain of packages that run. */
export const runningChains = (
  { packages }: ProjectFacts,
  main: string,
  context: BuildContext,
  wanted: readonly string[],
): readonly ImportChain[] => {
  const from = new Map<string, string | undefined>([[main, undefined]]);
  // What is added on the way is visited too.
  for (const path of wanted.length > 0 ? from.keys() : []) {
    for (const file of packages.get(path)?.files ?? []) {
      if (!fileIsBuilt(file, context)) continue;
      for (const next of file.imports) {
        if (!from.has(next) && runs(file, packages.get(next))) from.set(next, path);
      }
    }
  }
  return wanted.flatMap((path) => {
    const chain = chainTo(from, path);
    return chain ? [chain] : [];
  });
};
