import type { GoVersion } from './model.ts';
import { compareGoVersions, parseGoVersion } from './version.ts';

/**
 * Whether a toolchain of an image tag satisfies a `go` line. A tag without patch release (`1.24`) stands for its newest
 * one. A line that is no Go version is taken as satisfied: nothing is known.
 */
export const satisfiesGoLine = (image: GoVersion, line: string): boolean => {
  const need = parseGoVersion(line);
  if (!need) return true;
  if (image.patch === undefined && image.pre === undefined && image.major === need.major && image.minor === need.minor) {
    return true;
  }
  return compareGoVersions(image, need) >= 0;
};
