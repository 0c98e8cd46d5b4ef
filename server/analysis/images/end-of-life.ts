import { alpineTable, debianTable, distrolessTable } from './tables.ts';

/** Debian: codename, number, last day of long term support, and whether its packages have left the main mirrors. */
export interface DebianRelease {
  readonly codename: string;
  readonly number: number;
  /** ISO date; from the next day on nobody fixes it. */
  readonly endOfLife: string;
  /** `apt-get update` fails with 404. */
  readonly archived: boolean;
}

/** Newest first. */
export const debianReleases: readonly DebianRelease[] = debianTable.map(([codename, number, endOfLife, archived]) => ({
  codename,
  number,
  endOfLife,
  archived,
}));

/** Alpine branch to its last day of support (ISO date), newest first. */
export const alpineReleases: ReadonlyMap<string, string> = new Map(alpineTable);

/** Last day of support of the distroless images on a Debian release; undefined for the current one, and older ones than these ended. */
export const distrolessEnds: ReadonlyMap<number, string | undefined> = new Map(distrolessTable);

/** The Debian release of the distroless images that name none. */
export const currentDistroless: number = Math.max(...distrolessEnds.keys());

/** A Debian release by codename or number, as tags name it: `bookworm`, `12`, `12.5`. */
export const debianRelease = (name: string): DebianRelease | undefined =>
  debianReleases.find(({ codename, number }) => codename === name || String(number) === name.replace(/\..*$/, ''));
