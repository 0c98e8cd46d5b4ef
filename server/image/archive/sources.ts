import type { FileHandle } from 'node:fs/promises';
import type { Bytes } from '../binary/bytes.ts';
import { fileBytes } from './spool.ts';

/** Where the bytes of an archive come from: a stream, or a file in which what nobody needs is passed over. */
export interface ArchiveSource {
  /** The next bytes after `passed` ones that are left out, valid until the next call; undefined at the end. */
  readonly next: (passed: number) => Promise<Buffer | undefined>;
  /** Fewer unwanted bytes than this are not worth passing over; infinite for a stream. */
  readonly worthPassing: number;
  /** All of a file, when it is one. */
  readonly file?: Bytes;
  /** Nothing more is wanted: whoever writes the stream is let go. */
  readonly close: () => Promise<void>;
}

/** A stream, such as the standard output of `docker save`. */
export function streamSource(stream: AsyncIterable<Uint8Array>): ArchiveSource {
  const iterator = stream[Symbol.asyncIterator]();
  return {
    worthPassing: Number.POSITIVE_INFINITY,
    close: async () => {
      await iterator.return?.();
    },
    next: async () => {
      const { value, done } = await iterator.next();
      if (done) return undefined;
      return Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    },
  };
}

/** Bytes that are read at once: few behind a gap, where often only a header is wanted, then more and more. */
const pieceSizes = { first: 64 * 1024, most: 1024 * 1024 } as const;

/** An open file, from its beginning; whoever opened it closes it. */
export async function fileSource(file: FileHandle): Promise<ArchiveSource> {
  const { size } = await file.stat();
  const buffer = Buffer.allocUnsafeSlow(pieceSizes.most);
  let position = 0;
  let pieceSize: number = pieceSizes.first;
  return {
    worthPassing: 2 * pieceSizes.first,
    file: fileBytes(file.fd, size),
    close: async () => {},
    next: async (passed) => {
      position += passed;
      pieceSize = passed > 0 ? pieceSizes.first : Math.min(2 * pieceSize, pieceSizes.most);
      const { bytesRead } = await file.read(buffer, 0, pieceSize, position);
      position += bytesRead;
      if (bytesRead > 0) return buffer.subarray(0, bytesRead);
      if (position > size) throw new Error('Unexpected end of data');
      return undefined;
    },
  };
}
