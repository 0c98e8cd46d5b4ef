import type { GoVersion } from '../go/model.ts';
import { formatGoVersion, parseGoVersion } from '../go/version.ts';
import { type Message, message } from '../known.ts';
import { once } from '../once.ts';
import { goRelease, supportedMinors } from './go-releases.ts';
import { isNewerThanTable, splitGoTag, variantsOf } from './go-tag.ts';
import type { ImageRef } from './model.ts';
import { officialName } from './ref.ts';

/** Whether a tag of the golang image exists. `suggestions` are tags that do, the nearest first. */
export interface TagVerdict {
  readonly verdict: 'exists' | 'missing' | 'unknown';
  readonly reason: Message | undefined;
  readonly suggestions: readonly string[];
}

const exists: TagVerdict = { verdict: 'exists', reason: undefined, suggestions: [] };
const unsure: TagVerdict = { verdict: 'unknown', reason: undefined, suggestions: [] };

const missing = (template: string, values: Record<string, string>, suggestions: readonly string[]): TagVerdict => ({
  verdict: 'missing',
  reason: message(template, values),
  suggestions: [...new Set(suggestions)],
});

const debianCodenames = /^(?:trixie|bookworm|bullseye|buster|stretch|jessie|wheezy)$/;

/** The variants of a version whose tags still move; bare `alpine` first among the Alpine ones. */
const nearest = (version: GoVersion, family: 'debian' | 'alpine' | 'both'): readonly string[] => {
  const all = variantsOf(version);
  const debian = all.filter((name) => !name.startsWith('alpine')).slice(0, 1);
  const alpine = all.some((name) => name.startsWith('alpine')) ? ['alpine'] : [];
  return family === 'debian' ? debian : family === 'alpine' ? alpine : [...debian, ...alpine];
};

const withVariants = (versionText: string, names: readonly string[]): readonly string[] =>
  names.map((name) => (versionText === '' ? name : `${versionText}-${name}`));

/** A variant one patch outside its window may exist: the table's ends are that inexact. A floating tag keeps pointing at the last patch that had it. */
const mayExist = (version: GoVersion, variant: string): boolean => {
  const window = goRelease(version.minor)?.variants.find(({ name }) => name === variant);
  if (!window) return false;
  if (version.patch === undefined) return true;
  return version.patch >= window.first - 1 && (window.last === undefined || version.patch <= window.last + 1);
};

/** A supported version is published for Alpine releases to come. */
const isNewerAlpine = ({ minor }: GoVersion, variant: string): boolean => {
  const known = goRelease(minor);
  const branch = Number(/^alpine3\.(\d+)$/.exec(variant)?.[1] ?? Number.NaN);
  if (known?.endOfLife !== undefined) return false;
  const branches = known?.variants.map(({ name }) => Number(/^alpine3\.(\d+)$/.exec(name)?.[1] ?? 0)) ?? [];
  return branch > Math.max(...branches) || /^alpine[4-9]/.test(variant);
};

const variantVerdict = (tag: string, versionText: string, version: GoVersion, variant: string): TagVerdict => {
  if (variant === '' || variantsOf(version).includes(variant)) return exists;
  if (variant === 'alpine') return nearest(version, 'alpine').length > 0 ? exists : unsure;
  if (mayExist(version, variant) || isNewerAlpine(version, variant)) return unsure;
  const go = versionText;
  if (/^slim/.test(variant)) {
    const suggestions = withVariants(versionText, nearest(version, 'both'));
    return missing('golang:{tag} does not exist: the golang image has no slim variant.', { tag }, suggestions);
  }
  if (/^alpine\d+\.\d+$/.test(variant)) {
    const suggestions = withVariants(versionText, nearest(version, 'alpine'));
    return missing(
      'golang:{tag} does not exist: Go {go} was never published on {variant}.',
      { tag, go, variant },
      suggestions,
    );
  }
  if (!debianCodenames.test(variant)) return unsure;
  const suggestions = withVariants(versionText, nearest(version, 'debian'));
  return missing(
    'golang:{tag} does not exist: Go {go} was never published on {variant}.',
    { tag, go, variant },
    suggestions,
  );
};

const tagged = (version: string, variant: string): string => (variant === '' ? version : `${version}-${variant}`);

/** `v1.22`, `go1.22`, `1.26alpine`, `22`: spellings that no tag of the golang image has. */
const spelling = (tag: string): TagVerdict | undefined => {
  const prefixed = /^(v|go)(1\.\d.*)$/.exec(tag);
  if (prefixed?.[2]) {
    const verdict = verdictOf(prefixed[2]);
    const suggestions = verdict.verdict === 'missing' ? verdict.suggestions : [prefixed[2]];
    return missing(
      'golang:{tag} does not exist: a tag starts with the number, without {prefix}.',
      { tag, prefix: prefixed[1] ?? '' },
      suggestions,
    );
  }
  const glued = /^(1\.\d+(?:\.\d+)?)(alpine[\d.]*|bookworm|trixie|bullseye|slim)$/.exec(tag);
  if (glued?.[1] && glued[2]) {
    const right = tagged(glued[1], glued[2]);
    const verdict = verdictOf(right);
    const suggestions = verdict.verdict === 'missing' ? verdict.suggestions : [right];
    return missing('golang:{tag} does not exist: a dash stands between version and variant.', { tag }, suggestions);
  }
  const minor = /^(\d+)((?:-.*)?)$/.exec(tag);
  if (minor?.[1] && Number(minor[1]) > 2 && goRelease(Number(minor[1]))) {
    const right = `1.${minor[1]}${minor[2] ?? ''}`;
    return missing('golang:{tag} does not exist: Go {go} has the tag {right}.', { tag, go: `1.${minor[1]}`, right }, [
      right,
    ]);
  }
  return undefined;
};

/** The image gives a first release a `.0` even where Go had none (`golang:1.20.0`), so only the last patch is a limit. */
const patchVerdict = (tag: string, version: GoVersion, variant: string): TagVerdict | undefined => {
  const { minor, patch } = version;
  const known = goRelease(minor);
  if (!known || patch === undefined) return undefined;
  const go = `1.${minor}`;
  if (patch <= known.newestPatch) return undefined;
  const last = `${go}.${known.newestPatch}`;
  const right = tagged(last, variant);
  const there = verdictOf(right);
  const suggestions = there.verdict === 'missing' ? there.suggestions : [right];
  return missing('golang:{tag} does not exist: {last} is the last release of Go {go}.', { tag, last, go }, suggestions);
};

const verdictOf = (tag: string): TagVerdict => {
  const wrong = spelling(tag);
  if (wrong) return wrong;
  const { versionText, version, variant } = splitGoTag(tag);
  if (/^(windowsservercore|nanoserver)/.test(variant) || versionText.startsWith('tip')) return unsure;
  if (versionText === '' || versionText === '1') return floatingVerdict(tag, versionText, variant);
  if (!version || version.pre !== undefined || isNewerThanTable(version) || !goRelease(version.minor)) return unsure;
  return patchVerdict(tag, version, variant) ?? variantVerdict(tag, versionText, version, variant);
};

/** `latest`, `1`, `alpine`, `1-bookworm`: the newest minor version, which may be newer than the table. */
const floatingVerdict = (tag: string, versionText: string, variant: string): TagVerdict => {
  if (variant === '' || variant === 'alpine') return exists;
  const newest: GoVersion = { major: 1, minor: supportedMinors[0] ?? 0, patch: undefined, pre: undefined };
  if (variantsOf(newest).includes(variant)) return exists;
  if (!/^slim/.test(variant)) return unsure;
  const names = nearest(newest, 'both');
  return missing(
    'golang:{tag} does not exist: the golang image has no slim variant.',
    { tag },
    withVariants(versionText, names),
  );
};

const verdicts = new WeakMap<ImageRef, TagVerdict>();

/** Whether the tag of a golang image exists. Unknown for other images, for what is newer than the table, and near the ends of its windows. */
export const golangTagVerdict = (image: ImageRef): TagVerdict =>
  once(verdicts, image, (ref) => {
    if (officialName(ref) !== 'golang') return unsure;
    const tag = ref.tag ?? 'latest';
    if (/^slim/.test(tag)) return floatingVerdict(tag, '', tag);
    return verdictOf(tag);
  });

const familyOf = (variant: string): 'debian' | 'alpine' => (variant.startsWith('alpine') ? 'alpine' : 'debian');

/**
 * The tag for a `go` line (`1.26`, `1.26.3`), with the same variant where that version has it, else the same family's
 * own (`-alpine`, or none for Debian). A tag that floats goes on floating: it gets the minor version alone. Undefined for
 * other images, and for a text that is no Go version.
 */
export const withGoVersion = (ref: ImageRef, goLine: string): string | undefined => {
  const needed = parseGoVersion(goLine);
  if (officialName(ref) !== 'golang' || !needed) return undefined;
  const { variant, version: current } = splitGoTag(ref.tag ?? 'latest');
  const keepsPatch = current?.patch !== undefined || needed.pre !== undefined;
  const version = keepsPatch ? formatGoVersion(needed) : `${needed.major}.${needed.minor}`;
  if (variant === '') return version;
  const candidate = tagged(version, variant);
  if (verdictOf(candidate).verdict === 'exists') return candidate;
  return familyOf(variant) === 'alpine' ? `${version}-alpine` : version;
};

/** The tag of the same Go version with another variant; undefined unless that tag surely exists. */
export const withGoVariant = (ref: ImageRef, variant: string): string | undefined => {
  if (officialName(ref) !== 'golang') return undefined;
  const { versionText } = splitGoTag(ref.tag ?? 'latest');
  const tag = versionText === '' ? variant : tagged(versionText, variant);
  return verdictOf(tag).verdict === 'exists' ? tag : undefined;
};
