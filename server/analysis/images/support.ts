import { alpineReleases, debianRelease, debianReleases, distrolessEnds } from './end-of-life.ts';
import { goRelease, supportedMinors } from './go-releases.ts';
import type { BaseImage } from './model.ts';
import { dataDate } from './tables.ts';

/** A release that nobody fixes any more. */
export interface Ended {
  /** `Go 1.22`, `Debian 11`. */
  readonly name: string;
  /** Its last day, ISO; undefined for one that ended before the tables begin. */
  readonly lastDay: string | undefined;
  /** Its packages have left the main mirrors. */
  readonly archived: boolean;
}

const year = 365 * 24 * 60 * 60 * 1000;

/** For so long what the tables call current may still be so, and their dates of ends to come are worth something. */
const lastDayOfTables = new Date(Date.parse(dataDate) + year).toISOString().slice(0, 10);

/** Whether what the tables call newest may still be so. Without a day nobody knows. */
export const tablesHold = (today: string | undefined): boolean => today !== undefined && today <= lastDayOfTables;

/** The day as far as the tables know the world: later ends than that may have moved. Undefined without a day. */
export const dayOfTables = (today: string | undefined): string | undefined =>
  today !== undefined && today > lastDayOfTables ? lastDayOfTables : today;

const endedBy = (today: string, name: string, lastDay: string | undefined, archived = false): Ended | undefined =>
  lastDay === undefined || lastDay < today ? { name, lastDay, archived } : undefined;

/** The end of the Go in a golang image; undefined while it is supported, or when its version is not known. */
export const endedGo = ({ family, go }: BaseImage, today: string): Ended | undefined => {
  const version = go?.version;
  if (family !== 'golang' || version?.major !== 1 || version.pre !== undefined) return undefined;
  const known = goRelease(version.minor);
  const name = `Go 1.${version.minor}`;
  if (known) return known.endOfLife === undefined ? undefined : endedBy(today, name, known.endOfLife);
  return version.minor < Math.min(...supportedMinors) ? endedBy(today, name, undefined) : undefined;
};

const endedDebian = (name: string, today: string): Ended | undefined => {
  const release = debianRelease(name);
  return release && endedBy(today, `Debian ${release.number}`, release.endOfLife, release.archived);
};

const endedAlpine = (tag: string, today: string): Ended | undefined => {
  const branch = /^3\.(\d+)/.exec(tag);
  if (!branch) return undefined;
  const lastDay = alpineReleases.get(branch[0]);
  const oldest = Math.min(...[...alpineReleases.keys()].map((name) => Number(name.slice(2))));
  if (lastDay === undefined && Number(branch[1]) >= oldest) return undefined;
  return endedBy(today, `Alpine ${branch[0]}`, lastDay);
};

const endedDistroless = (repository: string, today: string): Ended | undefined => {
  const number = Number(/-debian(\d+)$/.exec(repository)?.[1] ?? Number.NaN);
  const known = distrolessEnds.get(number);
  if (known === undefined && !(number < Math.min(...distrolessEnds.keys()))) return undefined;
  return endedBy(today, `distroless on Debian ${number}`, known);
};

/** The end of the Linux release that an image's name or tag states; undefined while it is supported, or not known. */
export const endedSystem = ({ family, ref, go }: BaseImage, today: string): Ended | undefined => {
  const first = (ref.tag ?? '').split('-')[0] ?? '';
  if (family === 'debian') return endedDebian(first, today);
  if (family === 'golang') return /^[a-z]+$/.test(go?.os ?? '') ? endedDebian(go?.os ?? '', today) : undefined;
  if (family === 'alpine') return endedAlpine(first, today);
  return family.startsWith('distroless') ? endedDistroless(ref.repository, today) : undefined;
};

/** The tag of the same image for the newest release, spelled as the old one was; undefined where the tag does not name it. */
export const newestTag = ({ family, ref }: BaseImage): string | undefined => {
  if (family === 'alpine') return [...alpineReleases.keys()][0];
  const [newest] = debianReleases;
  if (family !== 'debian' || !newest) return undefined;
  const name = /^\d/.test(ref.tag ?? '') ? String(newest.number) : newest.codename;
  return /(^|-)slim$/.test(ref.tag ?? '') ? `${name}-slim` : name;
};
