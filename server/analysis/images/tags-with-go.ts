import type { GoVersion } from '../go/model.ts';
import { parseGoVersion } from '../go/version.ts';
import { goRelease } from './go-releases.ts';
import { splitGoTag, variantsOf } from './go-tag.ts';
import { withGoVersion } from './golang.ts';
import type { ImageRef } from './model.ts';

/** `1.24-bullseye` stays at the last patch that was published for bullseye: whether that one is as new as needed. */
const stoppedLate = (needed: GoVersion, variant: string): boolean => {
  const window = goRelease(needed.minor)?.variants.find(({ name }) => name === variant);
  return window?.last !== undefined && (needed.patch ?? 0) < window.last;
};

const familyOf = (variant: string): 'alpine' | 'debian' => (variant.startsWith('alpine') ? 'alpine' : 'debian');

/** The tags of a version's variants of one family, on named releases, the newest first. */
export const tagsOnReleases = (tag: string): readonly string[] => {
  const { versionText, version, variant } = splitGoTag(tag);
  const names = version ? variantsOf(version).filter((name) => familyOf(name) === familyOf(variant)) : [];
  return names.map((name) => `${versionText}-${name}`);
};

/** The tags for a `go` line, that of the same variant first; then those on the other releases of its family. */
export const tagsWithGo = (ref: ImageRef, goLine: string): readonly string[] => {
  const first = withGoVersion(ref, goLine);
  const needed = parseGoVersion(goLine);
  if (first === undefined || !needed) return [];
  const { variant } = splitGoTag(ref.tag ?? 'latest');
  const { versionText, version } = splitGoTag(first);
  const keeps = version?.patch === undefined && stoppedLate(needed, variant);
  return [...new Set([...(keeps ? [`${versionText}-${variant}`] : []), first, ...tagsOnReleases(first)])];
};
