/** Random access to a file's bytes, in memory or on disk. */
export interface Bytes {
  readonly size: number;
  /** As many bytes as there are from `offset` on, at most `length`; none for an offset outside. */
  readonly read: (offset: number, length: number) => Buffer;
}

const inside = (offset: number, size: number): boolean => Number.isSafeInteger(offset) && offset >= 0 && offset < size;

/** The bytes of a buffer; nothing is copied. */
export const bytesOf = (buffer: Buffer): Bytes => ({
  size: buffer.length,
  read: (offset, length) =>
    inside(offset, buffer.length) && length > 0
      ? buffer.subarray(offset, Math.min(offset + length, buffer.length))
      : empty,
});

const empty = Buffer.alloc(0);

/** `size` bytes from `start` on, as if they were all. */
export const part = ({ read }: Bytes, start: number, size: number): Bytes => ({
  size,
  read: (offset, length) =>
    inside(offset, size) && length > 0 ? read(start + offset, Math.min(length, size - offset)) : empty,
});

/** Numbers of either byte order; 0 for what lies outside, so that a damaged file gives wrong numbers and no exception. */
export interface Numbers {
  readonly u16: (bytes: Buffer, at: number) => number;
  readonly u32: (bytes: Buffer, at: number) => number;
  /** Loses precision above 2^53, where no file has anything. */
  readonly u64: (bytes: Buffer, at: number) => number;
}

/** The numbers of one byte order. */
export function numbersOf(little: boolean): Numbers {
  const fits = (bytes: Buffer, at: number, length: number): boolean => at >= 0 && at + length <= bytes.length;
  const u32 = (bytes: Buffer, at: number): number => {
    if (!fits(bytes, at, 4)) return 0;
    return little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  };
  return {
    u16: (bytes, at) => {
      if (!fits(bytes, at, 2)) return 0;
      return little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
    },
    u32,
    u64: (bytes, at) => {
      const [low, high] = little ? [at, at + 4] : [at + 4, at];
      return u32(bytes, high) * 0x1_0000_0000 + u32(bytes, low);
    },
  };
}

/** Text up to the next zero byte, at most `longest` bytes. */
export function zeroEnded(bytes: Buffer, at: number, longest = 4096): string {
  if (at < 0 || at >= bytes.length) return '';
  const end = bytes.indexOf(0, at);
  const stop = Math.min(end === -1 ? bytes.length : end, at + longest);
  return bytes.toString('utf8', at, stop);
}
