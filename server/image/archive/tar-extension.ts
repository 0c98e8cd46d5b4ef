import type { Content } from './tar.ts';
import { decodeName, TarError } from './tar-header.ts';

/** Extended members are read whole: Go's reader, which unpacks what engines pull, has the same limit. */
const largestExtension = 1024 * 1024;

/**
 * Reads a member that speaks of the next one: `x` and `g` are PAX records, `L` and `K` GNU's long names. Sets PAX keys. Throws a
 * TarError for one that is too large or damaged.
 */
export function extensionContent(letter: string, length: number, into: Map<string, string>): Content {
  if (length > largestExtension) throw new TarError('a name or an extended header is larger than 1 MiB');
  const whole = Buffer.alloc(length);
  let filled = 0;
  return {
    data: (piece) => {
      filled += piece.copy(whole, filled);
    },
    end: () => {
      if (letter === 'L') into.set('path', cString(whole));
      else if (letter === 'K') into.set('linkpath', cString(whole));
      else readRecords(whole, into);
    },
  };
}

function cString(bytes: Buffer): string {
  const zero = bytes.indexOf(0);
  return decodeName(zero === -1 ? bytes : bytes.subarray(0, zero));
}

/** `LENGTH KEY=VALUE\n`, the length counting all of it. */
function readRecords(bytes: Buffer, into: Map<string, string>): void {
  let at = 0;
  while (at < bytes.length) {
    const blank = bytes.indexOf(0x20, at);
    const length = blank === -1 ? Number.NaN : Number(bytes.toString('latin1', at, blank));
    const equals = bytes.indexOf(0x3d, at);
    const last = at + length - 1;
    const whole = length > 0 && equals > blank && equals < last && bytes[last] === 0x0a;
    if (!whole) throw new TarError('Invalid PAX header');
    const key = bytes.toString('utf8', blank + 1, equals);
    // Extended attributes are large and of no use here.
    if (!key.startsWith('SCHILY.xattr.')) into.set(key, decodeName(bytes.subarray(equals + 1, last)));
    at = last + 1;
  }
}
