import type { GoModuleSize, GoReport } from '../report/binary-model.ts';
import type { Bytes } from './bytes.ts';
import type { ElfFile } from './elf.ts';
import { eachFunction } from './function-table.ts';

/** What go build writes in place of a package for functions that the compiler makes up, such as `type:.eq.…`, before Go 1.20 `type..eq.…`. */
const generated = '(generated)';

/** Bytes of Go code by module and package, largest first; undefined when the function table is not known. */
export function codeSizes(file: ElfFile, bytes: Bytes, go: GoReport | undefined): readonly GoModuleSize[] | undefined {
  const packages = new Map<string, number>();
  const known = eachFunction(file, bytes, (path, size) => packages.set(path, (packages.get(path) ?? 0) + size));
  if (!known) return undefined;
  const moduleOf = moduleFinder(go);
  const modules = new Map<string, Map<string, number>>();
  for (const [written, size] of packages) {
    const path =
      written === '' || /^(type|go)(:|$)/.test(written) ? generated : written === 'main' ? mainPackage(go) : written;
    const module = moduleOf(path);
    const inside = modules.get(module) ?? new Map<string, number>();
    modules.set(module, inside.set(path, (inside.get(path) ?? 0) + size));
  }
  return [...modules]
    .map(([path, inside]) => ({
      path,
      size: [...inside.values()].reduce((sum, size) => sum + size, 0),
      packages: [...inside].map(([name, size]) => ({ path: name, size })).sort(largestFirst),
    }))
    .sort(largestFirst);
}

/** Then by path, so that the order never changes. */
const largestFirst = (a: { size: number; path: string }, b: { size: number; path: string }): number =>
  b.size - a.size || (a.path < b.path ? -1 : 1);

const mainPackage = (go: GoReport | undefined): string => (go?.path ? go.path : 'main');

/** The module with the longest path that a package begins with; `std` for the standard library. */
function moduleFinder(go: GoReport | undefined): (packagePath: string) => string {
  const main = go?.main?.path;
  const paths = new Set([...(main ? [main] : []), ...(go?.modules ?? []).map(({ path }) => path)]);
  return (packagePath) => {
    if (packagePath === generated) return 'std';
    const parts = packagePath.split('/');
    for (let length = parts.length; length > 0; length -= 1) {
      const prefix = parts.slice(0, length).join('/');
      if (paths.has(prefix)) return prefix;
    }
    if (packagePath === 'main' || packagePath === 'command-line-arguments') return main ?? 'main';
    // Only the standard library has paths whose first element has no dot; it keeps others' below `vendor/`.
    if (!parts[0]?.includes('.')) return 'std';
    return go?.main ? 'other' : parts.slice(0, parts[0] === 'gopkg.in' ? 2 : 3).join('/');
  };
}
