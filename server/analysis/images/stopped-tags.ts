import type { GoVersion } from '../go/model.ts';
import { releasesOn } from './go-releases.ts';
import type { GoToolchain } from './model.ts';
import { alpineTable } from './tables.ts';

/** What a tag without a version stopped at: the last Go that was published for its release, undefined when it is older than the tables. */
interface Stopped {
  readonly version: GoVersion | undefined;
}

const oldestAlpine = Math.min(...alpineTable.map(([branch]) => Number(branch.slice(2))));

/** `golang:stretch`, `golang:alpine3.13`: no new Go is published for the release, so the tag stays where it is; undefined while it may move. */
export const stoppedTag = (variant: string): Stopped | undefined => {
  const releases = releasesOn(variant);
  const [last] = releases;
  const moves = releases.some(
    ({ endOfLife, variants }) =>
      endOfLife === undefined && variants.some((each) => each.name === variant && each.last === undefined),
  );
  if (last) return moves ? undefined : { version: { major: 1, minor: last.minor, patch: undefined, pre: undefined } };
  const branch = Number(/^alpine3\.(\d+)$/.exec(variant)?.[1] ?? Number.NaN);
  return branch < oldestAlpine || /^(jessie|wheezy)$/.test(variant) ? { version: undefined } : undefined;
};

/** The minor version of a Go 1 image: 0 when its tag stopped before the tables begin, and that of a new one where it goes on moving. */
export const goMinor = (go: GoToolchain | undefined, newest: number): number =>
  go?.version?.minor ?? (go?.stopped ? 0 : newest);
