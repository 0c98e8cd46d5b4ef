import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { limited } from './limit.ts';

/** Folders and parsed files, each read once until it is told or found to have changed. Paths are absolute. */
export interface Disk {
  /** Entries of a folder, sorted by name; undefined when it cannot be listed. */
  list(folder: string): Promise<readonly Dirent[] | undefined>;
  /** Whether a folder has an entry of this name, whatever it is. */
  has(folder: string, name: string): Promise<boolean>;
  /** A parsed file; undefined when it cannot be read. One path is always read with the same `parse`. */
  read<T>(path: string, parse: (text: string) => T): Promise<T | undefined>;
  /** The path was written, made or removed. True when anything known depended on it. */
  forget(path: string): boolean;
  /** Before its next use each file is compared by time and size and each folder is listed again. */
  suspect(): void;
}

export interface DiskOptions {
  /** Told of every file whose text is really read. */
  readonly onRead?: (path: string) => void;
}

interface Stored<T> {
  /** The age of the disk at which the value was last found to be true. */
  readonly age: number;
  readonly value: Promise<T>;
  /** Time and size of the file. */
  stamp: string;
}

/** Larger files are generated ones: their head is enough, and the event loop stays free. */
const mostBytes = 4 << 20;

const stampOf = async (path: string): Promise<string> => {
  const found = await stat(path);
  return found.isFile() ? `${found.mtimeMs}:${found.size}` : '';
};

const byName = (a: Dirent, b: Dirent): number => (a.name < b.name ? -1 : 1);

const listing = (folder: string): Promise<readonly Dirent[] | undefined> =>
  readdir(folder, { withFileTypes: true }).then(
    (entries) => entries.sort(byName),
    () => undefined,
  );

const namesIn = (folder: string): Promise<ReadonlySet<string> | undefined> =>
  readdir(folder).then(
    (names) => new Set(names),
    () => undefined,
  );

/** Of a folder that cannot be listed, and perhaps entered. */
const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** The path itself, then the folders above it. */
const upward = (path: string): readonly string[] =>
  path === dirname(path) ? [path] : [path, ...upward(dirname(path))];

/** A disk with its own memory. */
export const createDisk = ({ onRead }: DiskOptions = {}): Disk => {
  const run = limited(48);
  const folders = new Map<string, Stored<readonly Dirent[] | undefined>>();
  // Apart from the folders that are listed: nobody's facts depend on all that lies in these.
  const names = new Map<string, Stored<ReadonlySet<string> | undefined>>();
  const files = new Map<string, Stored<unknown>>();
  let age = 0;

  const load = async (path: string, parse: (text: string) => unknown): Promise<unknown> => {
    const bytes = await readFile(path);
    onRead?.(path);
    return parse(bytes.toString('utf8', 0, Math.min(bytes.length, mostBytes)));
  };

  const freshen = (path: string, parse: (text: string) => unknown, old?: Stored<unknown>): Stored<unknown> => {
    const check = async (): Promise<unknown> => {
      const stamp = await stampOf(path).catch(() => '');
      entry.stamp = stamp;
      if (old && old.stamp === stamp && stamp !== '') return old.value;
      return stamp === '' ? undefined : load(path, parse).catch(() => undefined);
    };
    const entry: Stored<unknown> = { age, stamp: '', value: run(check) };
    return entry;
  };

  return {
    list(folder) {
      const known = folders.get(folder);
      if (known?.age === age) return known.value;
      const value = run(() => listing(folder));
      folders.set(folder, { age, stamp: '', value });
      return value;
    },
    async has(folder, name) {
      const known = names.get(folder);
      const value = known?.age === age ? known.value : run(() => namesIn(folder));
      if (value !== known?.value) names.set(folder, { age, stamp: '', value });
      return (await value)?.has(name) ?? isThere(join(folder, name));
    },
    read<T>(path: string, parse: (text: string) => T) {
      const known = files.get(path);
      const entry = known?.age === age ? known : freshen(path, parse, known);
      files.set(path, entry);
      return entry.value as Promise<T | undefined>;
    },
    forget(path) {
      const full = resolve(path);
      const known = [files.delete(full), folders.delete(full)].includes(true);
      for (const folder of upward(full)) names.delete(folder);
      // What was made may lie in a new folder: the nearest folder that is known has changed then.
      for (let folder = dirname(full); ; folder = dirname(folder)) {
        if (folders.delete(folder)) return true;
        if (folder === dirname(folder)) return known;
      }
    },
    suspect() {
      age++;
    },
  };
};

/** A disk on which some files (absolute) have another text. */
export const withTexts = (disk: Disk, texts: ReadonlyMap<string, string>): Disk => ({
  ...disk,
  has: async (folder, name) => texts.has(join(folder, name)) || disk.has(folder, name),
  read(path, parse) {
    const text = texts.get(path);
    return text === undefined ? disk.read(path, parse) : Promise.resolve(parse(text));
  },
});
