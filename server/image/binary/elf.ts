import { type Bytes, type Numbers, numbersOf, zeroEnded } from './bytes.ts';

/** Headers of an ELF file. Offsets and sizes in bytes of the file. */
export interface ElfFile {
  readonly bits: 32 | 64;
  readonly numbers: Numbers;
  readonly little: boolean;
  /** `executable`: at a fixed address. `shared`: a library, or a program at any address. */
  readonly kind: 'executable' | 'shared' | 'other';
  /** e_machine and e_flags. */
  readonly machine: number;
  readonly flags: number;
  readonly segments: readonly Segment[];
  readonly sections: readonly Section[];
}

export interface Segment {
  readonly type: number;
  readonly writable: boolean;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

export interface Section {
  readonly name: string;
  readonly type: number;
  readonly address: number;
  readonly offset: number;
  /** In the file: 0 for one of zeros only. */
  readonly size: number;
}

export const segmentTypes = { load: 1, dynamic: 2, interpreter: 3 } as const;

const sectionTypes = { symbols: 2, noBits: 8 } as const;

/** Those of Linux programs; more are not read. */
const mostHeaders = 65_535;

/** True when these first bytes of a file say that it is one. */
export const isElf = (head: Buffer): boolean => head.length >= 4 && head.readUInt32BE(0) === 0x7f454c46;

/** Reads the headers; undefined for what is no ELF file. Never throws: damaged headers give fewer segments and sections. */
export function readElf(bytes: Bytes): ElfFile | undefined {
  const head = bytes.read(0, 64);
  if (head.length < 52 || !isElf(head)) return undefined;
  const bits = head[4] === 1 ? 32 : head[4] === 2 ? 64 : undefined;
  if (bits === undefined || (head[5] !== 1 && head[5] !== 2)) return undefined;
  const little = head[5] === 1;
  const numbers = numbersOf(little);
  const type = numbers.u16(head, 16);
  return {
    bits,
    numbers,
    little,
    kind: type === 2 ? 'executable' : type === 3 ? 'shared' : 'other',
    machine: numbers.u16(head, 18),
    flags: numbers.u32(head, bits === 64 ? 48 : 36),
    segments: readSegments(bytes, head, bits, numbers),
    sections: readSections(bytes, head, bits, numbers),
  };
}

function readSegments(bytes: Bytes, head: Buffer, bits: 32 | 64, { u16, u32, u64 }: Numbers): readonly Segment[] {
  const wide = bits === 64;
  const start = wide ? u64(head, 32) : u32(head, 28);
  const entry = u16(head, wide ? 54 : 42);
  const count = Math.min(u16(head, wide ? 56 : 44), mostHeaders);
  if (entry < (wide ? 56 : 32)) return [];
  const table = bytes.read(start, entry * count);
  const segments: Segment[] = [];
  for (let at = 0; at + entry <= table.length; at += entry) {
    const word = (narrow: number, broad: number): number => (wide ? u64(table, at + broad) : u32(table, at + narrow));
    segments.push({
      type: u32(table, at),
      writable: (u32(table, at + (wide ? 4 : 24)) & 2) !== 0,
      offset: word(4, 8),
      address: word(8, 16),
      size: word(16, 32),
    });
  }
  return segments;
}

function readSections(bytes: Bytes, head: Buffer, bits: 32 | 64, { u16, u32, u64 }: Numbers): readonly Section[] {
  const wide = bits === 64;
  const start = wide ? u64(head, 40) : u32(head, 32);
  const entry = u16(head, wide ? 58 : 46);
  const count = Math.min(u16(head, wide ? 60 : 48), mostHeaders);
  if (entry < (wide ? 64 : 40) || start === 0) return [];
  const table = bytes.read(start, entry * count);
  const word = (at: number, narrow: number, broad: number): number =>
    wide ? u64(table, at + broad) : u32(table, at + narrow);
  const named = u16(head, wide ? 62 : 50) * entry;
  const hasNames = named + entry <= table.length;
  const names = hasNames
    ? bytes.read(word(named, 16, 24), Math.min(word(named, 20, 32), 1024 * 1024))
    : Buffer.alloc(0);
  const sections: Section[] = [];
  for (let at = 0; at + entry <= table.length; at += entry) {
    const type = u32(table, at + 4);
    const size = type === sectionTypes.noBits ? 0 : word(at, 20, 32);
    const name = zeroEnded(names, u32(table, at), 256);
    sections.push({ name, type, address: word(at, 12, 16), offset: word(at, 16, 24), size });
  }
  return sections;
}

/** The first section of a name. */
export const sectionNamed = ({ sections }: ElfFile, name: string): Section | undefined =>
  sections.find((section) => section.name === name);

export const hasSymbols = ({ sections }: ElfFile): boolean =>
  sections.some(({ type }) => type === sectionTypes.symbols);

export const isDebug = ({ name }: Section): boolean => /^\.z?debug_|^\.gdb_index$/.test(name);

/** Where an address of the running program lies in the file; undefined when it does not. */
export function offsetOf({ segments }: ElfFile, address: number): number | undefined {
  const found = segments.find(
    (segment) =>
      segment.type === segmentTypes.load && address >= segment.address && address < segment.address + segment.size,
  );
  return found && found.offset + (address - found.address);
}

/** The program that loads it, as PT_INTERP has it. */
export function interpreterOf(file: ElfFile, bytes: Bytes): string | undefined {
  const segment = file.segments.find(({ type }) => type === segmentTypes.interpreter);
  if (!segment) return undefined;
  const path = zeroEnded(bytes.read(segment.offset, Math.min(segment.size, 4096)), 0);
  return path === '' ? undefined : path;
}
