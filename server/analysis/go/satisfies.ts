import type { GoVersion } from './model.ts';
import { compareGoVersions, parseGoVersion } from './version.ts';

/**
 * Whether a Go toolchain accepts a `go` line. A version without patch is a floating tag, which stands for the newest
 * patch of its minor version. True for a line that is no version: nothing is known against it.
 */
export const satisfiesGoLine = (toolchain: GoVersion, line: string): boolean => {
  const needed = parseGoVersion(line);
  if (!needed) return true;
  const floating = toolchain.patch === undefined && toolchain.pre === undefined;
  if (floating && toolchain.major === needed.major && toolchain.minor === needed.minor) return true;
  return compareGoVersions(toolchain, needed) >= 0;
};
