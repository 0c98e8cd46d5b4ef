/** The day on which the tables of this folder were last compared with their sources. ISO date. */
export const dataDate = '2026-11-21';

/** Debian: codename, number, last day of long term support, and whether its packages have left the main mirrors. */
export interface DebianRelease {
  readonly codename: string;
  readonly number: number;
  /** ISO date; from the next day on nobody fixes it. */
  readonly endOfLife: string;
  /** `apt-get update` fails with 404. */
  readonly archived: boolean;
}

const debian = (codename: string, number: number, endOfLife: string, archived = false): DebianRelease => ({
  codename,
  number,
  endOfLife,
  archived,
});

/** Newest first. Source: endoflife.date, 2026-08-22. */
export const debianReleases: readonly DebianRelease[] = [
  debian('trixie', 13, '2030-06-30'),
  debian('bookworm', 12, '2028-06-30'),
  debian('bullseye', 11, '2026-08-31', true),
  debian('buster', 10, '2024-06-30', true),
  debian('stretch', 9, '2022-06-30', true),
  debian('jessie', 8, '2020-06-30', true),
];

/** Alpine branch to its last day of support (ISO date), newest first. Source: endoflife.date, 2026-08-22. */
export const alpineReleases: ReadonlyMap<string, string> = new Map([
  ['3.24', '2028-06-01'],
  ['3.23', '2027-11-01'],
  ['3.22', '2027-05-01'],
  ['3.21', '2026-11-01'],
  ['3.20', '2026-04-01'],
  ['3.19', '2025-11-01'],
  ['3.18', '2025-05-09'],
  ['3.17', '2024-11-22'],
]);

/**
 * Last day of support of the distroless images on a Debian release; undefined for the current one, and older ones than
 * these ended. Source: SUPPORT_POLICY.md of GoogleContainerTools/distroless, 2026-08-21, which names the month.
 */
export const distrolessEnds: ReadonlyMap<number, string | undefined> = new Map([
  [13, undefined],
  [12, '2026-09-30'],
]);

/** A Debian release by codename or number, as tags name it: `bookworm`, `12`, `12.5`. */
export const debianRelease = (name: string): DebianRelease | undefined =>
  debianReleases.find(({ codename, number }) => codename === name || String(number) === name.replace(/\..*$/, ''));
