import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import type { GoModule, GoReplace, GoRequire, GoWorkspace } from '../analysis/go/project-facts.ts';
import { inside } from './paths.ts';

/** Where the sources of the modules lie that one of the context's modules is built with. Folders are absolute. */
export interface ModuleSources {
  readonly vendor: string | undefined;
  readonly vendored: ReadonlySet<string>;
  /** By module path; the folder need not exist. */
  readonly folders: ReadonlyMap<string, string>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The module cache as `go env GOMODCACHE` has it, without what `go env -w` set. */
export const moduleCache = (env: Environment): string => {
  if (env.GOMODCACHE) return env.GOMODCACHE;
  const path = env.GOPATH?.split(delimiter)[0];
  return join(path || join(homedir(), 'go'), 'pkg', 'mod');
};

const caseEncoded = (text: string): string => text.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);

const cached = (cache: string, path: string, version: string): string =>
  join(cache, `${caseEncoded(path)}@${caseEncoded(version)}`);

const numbers = (version: string): number[] => (version.match(/\d+/g) ?? []).map(Number);

/** Good enough to choose between two requirements of one module: numbers in turn, a release above its pre-releases. */
const isNewer = (a: string, b: string): boolean => {
  const [left, right] = [numbers(a), numbers(b)];
  const at = [0, 1, 2].find((index) => left[index] !== right[index]);
  if (at !== undefined) return (left[at] ?? 0) > (right[at] ?? 0);
  if (a.includes('-') !== b.includes('-')) return b.includes('-');
  return a > b;
};

const selected = (requires: readonly GoRequire[]): Map<string, string> => {
  const versions = new Map<string, string>();
  for (const { path, version } of requires) {
    const known = versions.get(path);
    if (known === undefined || isNewer(version, known)) versions.set(path, version);
  }
  return versions;
};

const replacedFolder = (replace: GoReplace, moduleFolder: string, cache: string): string | undefined => {
  if (replace.folder !== undefined) {
    return isAbsolute(replace.folder) ? replace.folder : join(moduleFolder, replace.folder);
  }
  const { target, targetVersion } = replace;
  return targetVersion === undefined ? undefined : cached(cache, target, targetVersion);
};

/** The modules of the workspace that a module is a member of, itself alone when it is none. */
const builtWith = (module: GoModule, modules: readonly GoModule[], workspace?: GoWorkspace): readonly GoModule[] => {
  if (!workspace) return [module];
  const uses = workspace.uses.map((use) => join('/', workspace.dir, use).replace(/\/$/, '').slice(1));
  return uses.includes(module.dir) ? modules.filter(({ dir }) => uses.includes(dir)) : [module];
};

/** Sources of all modules required by `module` and, in a workspace, by its other members. `root` is the context (absolute). */
export const moduleSources = (
  root: string,
  cache: string,
  module: GoModule,
  modules: readonly GoModule[],
  workspace?: GoWorkspace,
): ModuleSources => {
  const members = builtWith(module, modules, workspace);
  const versions = selected(members.flatMap(({ mod }) => mod.requires));
  const folders = new Map<string, string>();
  for (const [path, version] of versions) folders.set(path, cached(cache, path, version));
  for (const { dir, mod } of members) {
    for (const replace of mod.replaces) {
      if (replace.version !== undefined && replace.version !== versions.get(replace.path)) continue;
      const folder = replacedFolder(replace, join(root, dir), cache);
      if (folder === undefined) folders.delete(replace.path);
      else folders.set(replace.path, folder);
    }
  }
  return {
    vendor: module.vendored && join(root, inside(module.dir, 'vendor')),
    vendored: module.vendored ?? new Set(),
    folders,
  };
};
