// Made by `npm run data` from data/images.json.

/** The day on which the tables of images were last compared with their sources. ISO date. */
export const dataDate = '2026-11-21';

/** Minor version of Go 1, newest patch, end of support (ISO date), and windows of the golang image's variants; newest first. */
export const goTable: readonly (readonly [number, number, string | undefined, string])[] = [
  [27, 4, undefined, 'trixie, bookworm, alpine3.24, alpine3.23'],
  [26, 11, undefined, 'trixie, bookworm, alpine3.24 4-, alpine3.23, alpine3.22 -4'],
  [25, 14, '2026-08-19', 'trixie, bookworm, alpine3.24 11-, alpine3.23 5-, alpine3.22 -11, alpine3.21 -5'],
  [
    24,
    13,
    '2026-02-10',
    'trixie 6-, bookworm, bullseye -6, alpine3.23 11-, alpine3.22 3-, alpine3.21 -11, alpine3.20 -3',
  ],
  [23, 12, '2025-08-12', 'trixie 12-, bookworm, bullseye, alpine3.22 9-, alpine3.21 4-, alpine3.20 -9, alpine3.19 -4'],
  [22, 12, '2025-02-11', 'bookworm, bullseye, alpine3.21 10-, alpine3.20 3-, alpine3.19 -10, alpine3.18 -3'],
  [21, 13, '2024-08-13', 'bookworm, bullseye, alpine3.20 10-, alpine3.19 5-, alpine3.18 -10, alpine3.17 -5'],
  [
    20,
    14,
    '2024-02-06',
    'bookworm 5-, bullseye, buster -5, alpine3.19 12-, alpine3.18 4-, alpine3.17 -12, alpine3.16 -4',
  ],
  [
    19,
    13,
    '2023-08-08',
    'bookworm 10-, bullseye, buster -10, alpine3.18 9-, alpine3.17 3-, alpine3.16 -9, alpine3.15 -3',
  ],
  [18, 10, '2023-02-01', 'bullseye, buster, stretch -3, alpine3.17 8-, alpine3.16 2-, alpine3.15 -8, alpine3.14 -2'],
  [17, 13, '2022-08-02', 'bullseye, buster, stretch -11, alpine3.16 10-, alpine3.15 3-, alpine3.14 -10, alpine3.13 -3'],
  [16, 15, '2022-03-15', 'bullseye 7-, buster, stretch, alpine3.15 10-, alpine3.14 5-, alpine3.13 -10, alpine3.12 -5'],
];

/** Codename, number, last day of long term support, and whether the packages have left the main mirrors; newest first. */
export const debianTable: readonly (readonly [string, number, string, boolean])[] = [
  ['trixie', 13, '2030-06-30', false],
  ['bookworm', 12, '2028-06-30', false],
  ['bullseye', 11, '2026-08-31', false],
  ['buster', 10, '2024-06-30', true],
  ['stretch', 9, '2022-06-30', true],
  ['jessie', 8, '2020-06-30', true],
];

/** Branch and last day of support; newest first. */
export const alpineTable: readonly (readonly [string, string])[] = [
  ['3.24', '2028-06-01'],
  ['3.23', '2027-11-01'],
  ['3.22', '2027-05-01'],
  ['3.21', '2026-11-01'],
  ['3.20', '2026-04-01'],
  ['3.19', '2025-11-01'],
  ['3.18', '2025-05-09'],
  ['3.17', '2024-11-22'],
];

/** Number of the Debian release and last day of support, undefined for the current one; newest first. */
export const distrolessTable: readonly (readonly [number, string | undefined])[] = [
  [13, undefined],
  [12, '2026-09-30'],
];
