import type { GoVersion } from '../go/model.ts';
import { compareGoVersions, formatGoVersion, parseGoVersion } from '../go/version.ts';
import { alpineReleases, debianReleases } from './end-of-life.ts';
import { supportedMinors } from './go-releases.ts';
import { splitGoTag } from './go-tag.ts';
import { withGoVersion } from './golang.ts';
import type { BaseImage } from './model.ts';

/** A tag to write instead of `latest` or none. */
export interface PinnedTag {
  readonly tag: string;
  /** True when the tag means the very image that the floating one means today, as far as the tables know. */
  readonly sameToday: boolean;
}

/**
 * The Go version to pin for a module: what its `go` line asks for where that is supported (`1.26` for `go 1.26.0`),
 * else the oldest supported minor version. A version newer than the table stays as the module writes it.
 */
export const goVersionToPin = (goLine: GoVersion | undefined): string => {
  const oldest = Math.min(...supportedMinors);
  const floor: GoVersion = { major: 1, minor: oldest, patch: undefined, pre: undefined };
  if (!goLine || compareGoVersions(goLine, floor) <= 0) return formatGoVersion(floor);
  if (goLine.pre !== undefined) return formatGoVersion(goLine);
  return `${goLine.major}.${goLine.minor}`;
};

const pinnedGo = ({ ref, go }: BaseImage, goLine: string | undefined): PinnedTag | undefined => {
  const version = goVersionToPin(goLine === undefined ? undefined : parseGoVersion(goLine));
  const tag = withGoVersion(ref, version);
  if (tag === undefined || go?.version) return undefined;
  const newest = `1.${supportedMinors[0] ?? ''}`;
  return { tag, sameToday: splitGoTag(tag).versionText === newest };
};

const newestDebian = debianReleases[0]?.codename ?? '';
const newestAlpine = [...alpineReleases.keys()][0] ?? '';

/** The release that `latest` of a Linux base means today. Sources: official-images, 2026-08-21; busybox 1.38.0, 2026-07-31. */
const current: Readonly<Partial<Record<BaseImage['family'], PinnedTag>>> = {
  alpine: { tag: newestAlpine, sameToday: true },
  debian: { tag: newestDebian, sameToday: true },
  // The newest long term release is known; which one `latest` means in a year with a newer one is not.
  ubuntu: { tag: '24.04', sameToday: false },
  busybox: { tag: '1.38.0', sameToday: true },
};

/**
 * A pinned tag for an image that is written without a tag or with `latest`. golang gets the version that the `go` line
 * asks for. Undefined where no tag pins anything: distroless and Chainguard images have no tags by version.
 */
export const suggestPinned = (image: BaseImage, goLine: string | undefined): PinnedTag | undefined =>
  image.family === 'golang' ? pinnedGo(image, goLine) : current[image.family];
