import { goTable } from './tables.ts';

/**
 * A minor version of Go in the official golang image. A window is the first and the last patch for which a variant was
 * published; its ends may be off by one, because a variant that is added between two patches is published for the patch
 * of the day.
 */
export interface GoRelease {
  readonly minor: number;
  /** Newest patch seen; the last one ever when `endOfLife` is set. */
  readonly newestPatch: number;
  /** ISO date since which nobody fixes it; undefined while it is supported. */
  readonly endOfLife: string | undefined;
  readonly variants: readonly VariantWindow[];
}

export interface VariantWindow {
  /** `bookworm`, `alpine3.22`. */
  readonly name: string;
  readonly first: number;
  /** Undefined while it is still published, or was until the minor's end. */
  readonly last: number | undefined;
}

/** `bookworm`, `trixie .6-`, `bullseye .0-.6`. */
const readWindow = (text: string): VariantWindow => {
  const match = /^(\S+?)(?: (\d+)?-(\d+)?)?$/.exec(text);
  return {
    name: match?.[1] ?? text,
    first: Number(match?.[2] ?? 0),
    last: match?.[3] === undefined ? undefined : Number(match[3]),
  };
};

const release = (minor: number, newestPatch: number, endOfLife: string | undefined, variants: string): GoRelease => ({
  minor,
  newestPatch,
  endOfLife,
  variants: variants.split(', ').map(readWindow),
});

/** Newest first. */
const goReleases: readonly GoRelease[] = goTable.map((row) => release(...row));

/** The release of Go 1.`minor`; undefined when it is newer or older than the table. */
export const goRelease = (minor: number): GoRelease | undefined =>
  goReleases.find((candidate) => candidate.minor === minor);

/** The releases of Go that were published for a variant, newest first. */
export const releasesOn = (variant: string): readonly GoRelease[] =>
  goReleases.filter(({ variants }) => variants.some(({ name }) => name === variant));

/** Minor versions of Go 1 that are supported at the date of the data, newest first. */
export const supportedMinors: readonly number[] = goReleases
  .filter(({ endOfLife }) => endOfLife === undefined)
  .map(({ minor }) => minor);

/** The newest minor version of Go 1 in the table. */
export const newestMinor: number = Math.max(...goReleases.map(({ minor }) => minor));
