import { once } from 'node:events';
import { decompressor } from './formats.ts';
import { LimitError, limits } from './limits.ts';
import type { TarParser } from './tar.ts';

/** A compressed layer on its way into a parser. */
export interface Unpacking {
  readonly write: (piece: Buffer) => void;
  /** No more comes. */
  readonly end: () => void;
  /** Waits until it takes more, or after `end` until all of it is parsed. Rejects with what went wrong inside. */
  readonly settle: () => Promise<void>;
  readonly stop: () => void;
}

/**
 * Feeds a parser with what a compressed layer holds; `compressedSize` in bytes is what the archive says it has; one that
 * grows beyond `bombSize` and its limit of growth ends with a LimitError.
 */
export function unpackInto(
  parser: TarParser,
  format: 'gzip' | 'zstd',
  compressedSize: number,
  bombSize: number = limits.bombSize,
): Unpacking {
  const stream = decompressor(format);
  let unpacked = 0;
  let problem: unknown;
  const fail = (error: unknown): void => {
    problem ??= error;
    stream.destroy();
  };
  stream.on('data', (chunk: Buffer) => {
    unpacked += chunk.length;
    try {
      if (unpacked > bombSize && unpacked > compressedSize * limits.ratio) {
        throw new LimitError(
          `a layer of ${compressedSize} bytes grows to more than ${Math.round(bombSize / 1024 ** 2)} MiB`,
        );
      }
      parser.write(chunk);
    } catch (error) {
      fail(error);
    }
  });
  stream.on('error', fail);
  const closed = once(stream, 'close').catch(fail);
  let ended = false;
  return {
    write: (piece) => {
      // The piece is the reader's: it is gone when zlib comes to it.
      if (!stream.destroyed) stream.write(Buffer.from(piece));
    },
    end: () => {
      ended = true;
      if (!stream.destroyed) stream.end();
    },
    settle: async () => {
      if (ended) await closed;
      // It may have drained while another layer was waited for.
      else if (stream.writableNeedDrain && !stream.destroyed)
        await Promise.race([once(stream, 'drain').catch(fail), closed]);
      if (problem !== undefined) throw problem;
      if (ended) parser.end();
    },
    stop: () => stream.destroy(),
  };
}
