import type { Bytes } from './bytes.ts';
import { type ElfFile, sectionNamed } from './elf.ts';

/** A function table is never larger in a real program; a damaged header claims it. */
const largestTable = 512 * 1024 * 1024;

/** Where things lie in a table, by its magic number. All are offsets from its start. */
interface Layout {
  readonly count: number;
  /** Pairs of a function's address and of its record, and a last address. */
  readonly pairs: number;
  /** Bytes of each half of a pair. */
  readonly width: number;
  /** What records count from. */
  readonly records: number;
  /** A record's field with its name. */
  readonly nameField: number;
  /** What names count from. */
  readonly names: number;
}

/**
 * Calls back with the package and the bytes of code of each Go function. False when the file has no table, or one that we do
 * not know (those of Go 1.2 to 1.27 are known). Never throws.
 */
export function eachFunction(file: ElfFile, bytes: Bytes, visit: (packagePath: string, size: number) => void): boolean {
  const section = sectionNamed(file, '.gopclntab') ?? sectionNamed(file, '.data.rel.ro.gopclntab');
  if (!section || section.size > largestTable) return false;
  const table = bytes.read(section.offset, section.size);
  const layout = readLayout(table, file);
  if (!layout) return false;
  const { count, pairs, width, records, nameField, names } = layout;
  if (pairs + (2 * count + 1) * width > table.length) return false;
  const { u32, u64 } = file.numbers;
  const word = width === 8 ? u64 : u32;
  const packageOf = packageReader(table);
  let entry = word(table, pairs);
  for (let at = pairs; at < pairs + 2 * count * width; at += 2 * width) {
    const next = word(table, at + 2 * width);
    const name = names + u32(table, records + word(table, at + width) + nameField);
    if (next > entry) visit(packageOf(name), next - entry);
    entry = next;
  }
  return true;
}

const magic = { go12: 0xfffffffb, go116: 0xfffffffa, go118: 0xfffffff0, go120: 0xfffffff1 } as const;

function readLayout(table: Buffer, { numbers: { u32, u64 } }: ElfFile): Layout | undefined {
  const pointer = table[7];
  if (table[4] !== 0 || table[5] !== 0 || (pointer !== 4 && pointer !== 8)) return undefined;
  const word = (index: number): number => (pointer === 8 ? u64 : u32)(table, 8 + index * pointer);
  switch (u32(table, 0)) {
    case magic.go120:
    case magic.go118:
      return { count: word(0), pairs: word(7), width: 4, records: word(7), nameField: 4, names: word(3) };
    case magic.go116:
      return { count: word(0), pairs: word(6), width: pointer, records: word(6), nameField: pointer, names: word(2) };
    case magic.go12:
      return { count: word(0), pairs: 8 + pointer, width: pointer, records: 0, nameField: pointer, names: 0 };
    default:
      return undefined;
  }
}

/** The package of the function whose name begins at an offset. Functions of a package lie together: it looks at the last one first. */
function packageReader(table: Buffer): (at: number) => string {
  let last: Buffer = Buffer.alloc(0);
  let lastPath = '';
  return (at) => {
    const length = packageLength(table, at);
    if (length === 0) return '';
    if (length === last.length && table.compare(last, 0, length, at, at + length) === 0) return lastPath;
    last = table.subarray(at, at + length);
    lastPath = unescapePath(last.toString('utf8'));
    return lastPath;
  };
}

/** A name is `path/of/package.Function`, with types in brackets and parentheses after it; none has no package. */
function packageLength(table: Buffer, start: number): number {
  let dot = -1;
  for (let at = start; at >= 0 && at < table.length; at += 1) {
    const byte = table[at];
    if (byte === 0 || byte === 0x28 || byte === 0x5b) break;
    if (byte === 0x2f) dot = -1;
    else if (byte === 0x2e && dot === -1) dot = at;
  }
  return dot === -1 ? 0 : dot - start;
}

/** The linker writes dots in the last element of a path, and other odd bytes, as `%2e`. */
const unescapePath = (path: string): string =>
  path.includes('%')
    ? path.replaceAll(/%([0-9a-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    : path;
