/**
 * The official golang image: which variants every minor version had, from the history of docker-library/golang
 * versions.json as of 2026-08-21; newest patches from VERSION files as of 2026-11-02. A window is the first and the last
 * patch for which a variant was published; its ends may be off by one, because a variant that is added between two
 * patches is published for the patch of the day.
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
const goReleases: readonly GoRelease[] = [
  release(27, 4, undefined, 'trixie, bookworm, alpine3.24, alpine3.23'),
  release(26, 11, undefined, 'trixie, bookworm, alpine3.24 4-, alpine3.23, alpine3.22 -4'),
  release(25, 14, '2026-08-19', 'trixie, bookworm, alpine3.24 11-, alpine3.23 5-, alpine3.22 -11, alpine3.21 -5'),
  release(
    24,
    13,
    '2026-02-10',
    'trixie 6-, bookworm, bullseye -6, alpine3.23 11-, alpine3.22 3-, alpine3.21 -11, alpine3.20 -3',
  ),
  release(
    23,
    12,
    '2025-08-12',
    'trixie 12-, bookworm, bullseye, alpine3.22 9-, alpine3.21 4-, alpine3.20 -9, alpine3.19 -4',
  ),
  release(22, 12, '2025-02-11', 'bookworm, bullseye, alpine3.21 10-, alpine3.20 3-, alpine3.19 -10, alpine3.18 -3'),
  release(21, 13, '2024-08-13', 'bookworm, bullseye, alpine3.20 10-, alpine3.19 5-, alpine3.18 -10, alpine3.17 -5'),
  release(
    20,
    14,
    '2024-02-06',
    'bookworm 5-, bullseye, buster -5, alpine3.19 12-, alpine3.18 4-, alpine3.17 -12, alpine3.16 -4',
  ),
  release(
    19,
    13,
    '2023-08-08',
    'bookworm 10-, bullseye, buster -10, alpine3.18 9-, alpine3.17 3-, alpine3.16 -9, alpine3.15 -3',
  ),
  release(
    18,
    10,
    '2023-02-01',
    'bullseye, buster, stretch -3, alpine3.17 8-, alpine3.16 2-, alpine3.15 -8, alpine3.14 -2',
  ),
  release(
    17,
    13,
    '2022-08-02',
    'bullseye, buster, stretch -11, alpine3.16 10-, alpine3.15 3-, alpine3.14 -10, alpine3.13 -3',
  ),
  release(
    16,
    15,
    '2022-03-15',
    'bullseye 7-, buster, stretch, alpine3.15 10-, alpine3.14 5-, alpine3.13 -10, alpine3.12 -5',
  ),
];

/** The release of Go 1.`minor`; undefined when it is newer or older than the table. */
export const goRelease = (minor: number): GoRelease | undefined =>
  goReleases.find((candidate) => candidate.minor === minor);

/** Minor versions of Go 1 that are supported at the date of the data, newest first. */
export const supportedMinors: readonly number[] = goReleases
  .filter(({ endOfLife }) => endOfLife === undefined)
  .map(({ minor }) => minor);

/** The newest minor version of Go 1 in the table. */
export const newestMinor: number = Math.max(...goReleases.map(({ minor }) => minor));
