/** One member of a tar, extended headers applied. `size` in bytes is what the file has when unpacked. */
export interface TarHeader {
  /** As stored: may be absolute, hold `..` or end in a slash. */
  readonly name: string;
  readonly type: 'file' | 'link' | 'symlink' | 'folder' | 'device' | 'other';
  readonly size: number;
  /** Bytes that follow in the archive: fewer than `size` for a sparse file. */
  readonly stored: number;
  readonly sparse: boolean;
  /** Permission bits, set-uid and so on included. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly link: string;
}

/** What PAX and GNU members say of the one that follows. */
export interface Extended {
  readonly values: ReadonlyMap<string, string>;
}

export const blockSize = 512;

/** A tar that no reader would take; the message is a clause. */
export class TarError extends Error {}

const types: Readonly<Record<string, TarHeader['type']>> = {
  '\0': 'file',
  '0': 'file',
  '1': 'link',
  '2': 'symlink',
  '3': 'device',
  '4': 'device',
  '5': 'folder',
  '6': 'other',
  '7': 'file',
  S: 'file',
};

/** The raw type letter of a block. */
export const typeOf = (block: Buffer): string => String.fromCharCode(block[156] ?? 0);

/** True for a block of zeros. */
export function isZero(block: Buffer): boolean {
  for (let at = 0; at < blockSize; at += 1) if (block[at] !== 0) return false;
  return true;
}

/** The checksum counts its own field as blanks; some old writers add signed bytes. */
export function checksumFits(block: Buffer): boolean {
  const stored = octal(block, 148, 8);
  let sum = 8 * 0x20;
  for (let at = 0; at < 148; at += 1) sum += block[at] ?? 0;
  for (let at = 156; at < blockSize; at += 1) sum += block[at] ?? 0;
  return sum === stored || sum - 256 * highBytes(block) === stored;
}

/** Bytes outside the checksum that are negative when they are taken as signed. */
function highBytes(block: Buffer): number {
  let count = 0;
  for (let at = 0; at < blockSize; at += 1) if ((at < 148 || at >= 156) && (block[at] ?? 0) >= 128) count += 1;
  return count;
}

/** Bytes that follow a block in the archive. Throws a TarError for a number that cannot be. */
export const storedSize = (block: Buffer): number => number(block, 124, 12);

/** Reads a block, with what extended members said of it. Throws a TarError. */
export function readHeader(block: Buffer, { values }: Extended): TarHeader {
  const letter = typeOf(block);
  const type = types[letter] ?? 'other';
  const name = values.get('GNU.sparse.name') ?? values.get('path') ?? nameOf(block);
  const hasContent = type === 'file' || (type === 'other' && letter !== '6');
  const stored = hasContent ? (paxSize(values, 'size') ?? storedSize(block)) : 0;
  const real =
    letter === 'S'
      ? number(block, 483, 12)
      : (paxSize(values, 'GNU.sparse.realsize') ?? paxSize(values, 'GNU.sparse.size'));
  return {
    name,
    type: type === 'file' && name.endsWith('/') ? 'folder' : type,
    size: type === 'file' ? (real ?? stored) : 0,
    stored,
    sparse: type === 'file' && real !== undefined,
    mode: octal(block, 100, 8) & 0o7777,
    uid: id(values.get('uid'), block, 108),
    gid: id(values.get('gid'), block, 116),
    link: values.get('linkpath') ?? text(block, 157, 100),
  };
}

function nameOf(block: Buffer): string {
  const name = text(block, 0, 100);
  // GNU writes `ustar` and two blanks, and other things where POSIX has the prefix.
  const isPosix = block[257] === 0x75 && block[261] === 0x72 && block[262] === 0;
  const prefix = isPosix ? text(block, 345, 155) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Text of bytes; those that are no UTF-8 are read one by one, so that different names stay different. */
export function decodeName(bytes: Buffer): string {
  const decoded = bytes.toString('utf8');
  return decoded.includes('\uFFFD') ? bytes.toString('latin1') : decoded;
}

function text(block: Buffer, start: number, length: number): string {
  let end = start;
  let highest = 0;
  for (; end < start + length && block[end] !== 0; end += 1) highest |= block[end] ?? 0;
  if (end === start) return '';
  return highest < 128 ? block.toString('latin1', start, end) : decodeName(block.subarray(start, end));
}

const id = (pax: string | undefined, block: Buffer, at: number): number => {
  const given = Number(pax);
  return pax !== undefined && Number.isSafeInteger(given) ? given : number(block, at, 8);
};

function paxSize(values: ReadonlyMap<string, string>, key: string): number | undefined {
  const value = values.get(key);
  if (value === undefined) return undefined;
  const size = /^\d{1,15}$/.test(value) ? Number(value) : undefined;
  if (size === undefined) throw new TarError(`a member's ${key} is "${value.slice(0, 20)}"`);
  return size;
}

/** Octal digits, or a big-endian number when the first bit is set. */
function number(block: Buffer, start: number, length: number): number {
  const first = block[start] ?? 0;
  if ((first & 0x80) === 0) return octal(block, start, length);
  let value = first & 0x7f;
  for (let at = start + 1; at < start + length; at += 1) value = value * 256 + (block[at] ?? 0);
  if (!Number.isSafeInteger(value)) throw new TarError('a number of a member is out of range');
  return value;
}

function octal(block: Buffer, start: number, length: number): number {
  let value = 0;
  for (let at = start; at < start + length; at += 1) {
    const byte = block[at] ?? 0;
    if (byte >= 0x30 && byte <= 0x37) value = value * 8 + byte - 0x30;
    else if (byte !== 0x20 || value > 0) break;
  }
  return value;
}
