import { debianRelease, debianReleases } from './end-of-life.ts';
import type { BaseImage } from './model.ts';

/** The C library of an image on glibc. */
export interface Glibc {
  /** `2.41`. */
  readonly version: string;
  /** `trixie`, or Ubuntu's number. */
  readonly release: string;
}

/** Of the Debian releases and of Ubuntu's long term ones, from their package lists. */
const versions: ReadonlyMap<string, string> = new Map([
  ['trixie', '2.41'],
  ['bookworm', '2.36'],
  ['bullseye', '2.31'],
  ['buster', '2.28'],
  ['stretch', '2.24'],
  ['24.04', '2.39'],
  ['22.04', '2.35'],
  ['20.04', '2.31'],
  ['18.04', '2.27'],
]);

const ubuntuNames: Readonly<Record<string, string>> = {
  noble: '24.04',
  jammy: '22.04',
  focal: '20.04',
  bionic: '18.04',
};

const releaseOf = ({ family, ref, go }: BaseImage): string | undefined => {
  const first = (ref.tag ?? 'latest').split('-')[0] ?? '';
  const newest = debianReleases[0]?.codename;
  if (family === 'golang') return go?.os;
  if (family === 'ubuntu') return ubuntuNames[first] ?? first;
  if (family === 'debian') return /^(latest|stable)$/.test(first) ? newest : debianRelease(first)?.codename;
  if (family !== 'distroless-base' && family !== 'distroless-cc') return undefined;
  const number = /-debian(\d+)$/.exec(ref.repository)?.[1];
  return number === undefined ? newest : debianRelease(number)?.codename;
};

/** The glibc of an image by its name and tag; undefined for images without it, and where the tag does not tell. */
export const glibcOf = (image: BaseImage): Glibc | undefined => {
  const release = releaseOf(image);
  const version = versions.get(release ?? '');
  return release !== undefined && version !== undefined ? { version, release } : undefined;
};

const minorOf = ({ version }: Glibc): number => Number(version.split('.')[1]);

/** Whether a program that is linked against `one` may ask for symbols that `other` lacks. */
export const isNewerGlibc = (one: Glibc, other: Glibc): boolean => minorOf(one) > minorOf(other);

/** In 2.34 libpthread became a part of libc: since then whatever starts threads or has a C start file asks for that version. */
const threads = 34;

/** Whether a dynamic program that is built on `one` surely asks for symbols that `other` lacks. */
export const surelyLacks = (one: Glibc, other: Glibc): boolean => minorOf(one) >= threads && minorOf(other) < threads;

/** Whether it may; without C code but that of the standard library it asks for nothing newer than 2.34. */
export const mayLack = (one: Glibc, other: Glibc, linksC: boolean): boolean =>
  isNewerGlibc(one, other) && (linksC || minorOf(other) < threads);
