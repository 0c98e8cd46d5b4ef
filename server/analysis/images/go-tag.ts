import type { GoVersion } from '../go/model.ts';
import { compareGoVersions, parseGoVersion } from '../go/version.ts';
import { goRelease, newestMinor } from './go-releases.ts';

/** A tag of the golang image, split. */
export interface GoTag {
  /** As written: `1.24`, `1.24.3`, `1.24-rc`, `1`, `tip`, or `''` for `latest`, `alpine`, `bookworm`. */
  readonly versionText: string;
  /** Undefined for `1`, `tip`, `''` and what is no version. */
  readonly version: GoVersion | undefined;
  /** `alpine3.22`, `bookworm`; `''` for none. */
  readonly variant: string;
}

const variantOnly =
  /^(?:alpine|[a-z]+(?:core|server)|trixie|bookworm|bullseye|buster|stretch|jessie|wheezy|nanoserver|windowsservercore)/;

/** Splits a tag of the golang image: version first, variant behind the first dash. */
export const splitGoTag = (tag: string): GoTag => {
  if (tag === 'latest' || tag === '') return { versionText: '', version: undefined, variant: '' };
  if (variantOnly.test(tag)) return { versionText: '', version: undefined, variant: tag };
  const match = /^(tip(?:-\d{8})?|\d[^-]*-rc(?![a-z0-9])|[^-]*)(?:-(.*))?$/.exec(tag);
  const versionText = match?.[1] ?? tag;
  return { versionText, version: parseGoVersion(versionText), variant: match?.[2] ?? '' };
};

/** True when the version may have been published after the table was made. */
export const isNewerThanTable = ({ minor, major, patch, pre }: GoVersion): boolean => {
  if (major !== 1 || minor > newestMinor) return true;
  const known = goRelease(minor);
  return known?.endOfLife === undefined && (pre !== undefined || (patch ?? 0) > (known?.newestPatch ?? -1));
};

const since = (minor: number, patch: number): GoVersion => ({ major: 1, minor, patch, pre: undefined });

/** The patch a tag stands for: its own, or the newest for a floating `1.24`. */
const patchOf = (version: GoVersion): number => version.patch ?? goRelease(version.minor)?.newestPatch ?? 0;

/** Debian release of a tag without variant; undefined for versions that are older than the table. */
export const defaultDebian = (version: GoVersion): string | undefined => {
  if (isNewerThanTable(version)) return undefined;
  const exact = since(version.minor, patchOf(version));
  const { minor } = version;
  if (minor < 19) return undefined;
  const from = (first: number): boolean => compareGoVersions(exact, since(minor, first)) >= 0;
  if (minor >= 25 || (minor === 24 && from(6)) || (minor === 23 && from(12))) return 'trixie';
  if (minor >= 21 || (minor === 20 && from(5)) || (minor === 19 && from(10))) return 'bookworm';
  return 'bullseye';
};

/** Alpine release of a tag whose variant is a bare `alpine`; undefined for versions that are not in the table. */
export const defaultAlpine = (version: GoVersion): string | undefined => {
  if (isNewerThanTable(version)) return undefined;
  return variantsOf(version)
    .find((name) => name.startsWith('alpine'))
    ?.replace('alpine', '');
};

/** Names of the variants that surely were published for a version (the newest patch of a floating one), newest first. */
export const variantsOf = (version: GoVersion): readonly string[] => {
  const patch = patchOf(version);
  return (goRelease(version.minor)?.variants ?? [])
    .filter(({ first, last }) => patch >= first && (last === undefined || patch <= last))
    .map(({ name }) => name);
};
