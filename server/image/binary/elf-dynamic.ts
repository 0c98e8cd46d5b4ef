import { type Bytes, zeroEnded } from './bytes.ts';
import { type ElfFile, offsetOf, segmentTypes } from './elf.ts';

/** What the dynamic loader reads in a file. */
export interface Dynamic {
  /** DT_NEEDED, in order. */
  readonly needed: readonly string[];
  readonly soname: string | undefined;
  /** DT_RPATH, which the loader ignores beside a runpath; the colons are still in it. */
  readonly rpath: string | undefined;
  readonly runpath: string | undefined;
  /** Marked as a program, not a library. */
  readonly pie: boolean;
  /** Versions of symbols it needs of a library, such as `GLIBC_2.34` of `libc.so.6`. */
  readonly versionsNeeded: ReadonlyMap<string, readonly string[]>;
  /** Versions of symbols it has. */
  readonly versionsDefined: readonly string[];
}

const tags = {
  needed: 1,
  strings: 5,
  stringsSize: 10,
  soname: 14,
  rpath: 15,
  runpath: 29,
  flags1: 0x6ffffffb,
  defined: 0x6ffffffc,
  definedCount: 0x6ffffffd,
  versions: 0x6ffffffe,
  versionsCount: 0x6fffffff,
} as const;

/** No program has more of anything here; damaged ones claim to. */
const most = 10_000;

/** Reads PT_DYNAMIC; undefined for a file without one. Never throws. */
export function readDynamic(file: ElfFile, bytes: Bytes): Dynamic | undefined {
  const segment = file.segments.find(({ type }) => type === segmentTypes.dynamic);
  if (!segment) return undefined;
  const entries = readEntries(file, bytes.read(segment.offset, Math.min(segment.size, most * 16)));
  const value = (tag: number): number | undefined => entries.find((entry) => entry.tag === tag)?.value;
  const strings = tableAt(file, bytes, value(tags.strings), value(tags.stringsSize) ?? 0);
  const text = (tag: number): string | undefined => {
    const at = value(tag);
    return at === undefined ? undefined : zeroEnded(strings, at);
  };
  const needed = entries.filter(({ tag }) => tag === tags.needed).map((entry) => zeroEnded(strings, entry.value));
  return {
    needed: needed.filter((name) => name !== ''),
    soname: text(tags.soname),
    rpath: text(tags.rpath),
    runpath: text(tags.runpath),
    pie: ((value(tags.flags1) ?? 0) & 0x08000000) !== 0,
    versionsNeeded: readNeeded(
      file,
      tableAt(file, bytes, value(tags.versions)),
      strings,
      value(tags.versionsCount) ?? 0,
    ),
    versionsDefined: readDefined(
      file,
      tableAt(file, bytes, value(tags.defined)),
      strings,
      value(tags.definedCount) ?? 0,
    ),
  };
}

function readEntries(
  { bits, numbers: { u32, u64 } }: ElfFile,
  table: Buffer,
): readonly { tag: number; value: number }[] {
  const entries: { tag: number; value: number }[] = [];
  const width = bits === 64 ? 8 : 4;
  const word = bits === 64 ? u64 : u32;
  for (let at = 0; at + 2 * width <= table.length; at += 2 * width) {
    const tag = word(table, at);
    if (tag === 0) break;
    entries.push({ tag, value: word(table, at + width) });
  }
  return entries;
}

/** The bytes behind an address: `size` of them, or enough for any table of versions (glibc's own has 2 kB). */
function tableAt(file: ElfFile, bytes: Bytes, address: number | undefined, size = 32 * 1024): Buffer {
  const offset = address === undefined ? undefined : offsetOf(file, address);
  return offset === undefined ? Buffer.alloc(0) : bytes.read(offset, Math.min(size, 16 * 1024 * 1024));
}

/** Verneed: a chain of files, each with a chain of versions; the steps are relative. */
function readNeeded(
  { numbers: { u16, u32 } }: ElfFile,
  table: Buffer,
  strings: Buffer,
  count: number,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  let at = 0;
  for (let index = 0; index < Math.min(count, most) && at + 16 <= table.length; index += 1) {
    const versions: string[] = [];
    let aux = at + u32(table, at + 8);
    for (let left = Math.min(u16(table, at + 2), most); left > 0 && aux + 16 <= table.length; left -= 1) {
      versions.push(zeroEnded(strings, u32(table, aux + 8), 256));
      const next = u32(table, aux + 12);
      if (next === 0) break;
      aux += next;
    }
    found.set(zeroEnded(strings, u32(table, at + 4)), versions);
    const next = u32(table, at + 12);
    if (next === 0) break;
    at += next;
  }
  return found;
}

/** Verdef: a chain of versions, the first name of each being its own. */
function readDefined({ numbers: { u32 } }: ElfFile, table: Buffer, strings: Buffer, count: number): readonly string[] {
  const found: string[] = [];
  let at = 0;
  for (let index = 0; index < Math.min(count, most) && at + 20 <= table.length; index += 1) {
    const aux = at + u32(table, at + 12);
    found.push(zeroEnded(strings, u32(table, aux), 256));
    const next = u32(table, at + 16);
    if (next === 0) break;
    at += next;
  }
  return found;
}
