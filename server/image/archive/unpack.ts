import { once } from 'node:events';
import { createGunzip } from 'node:zlib';
import { LimitError, limits } from './limits.ts';
import type { TarParser } from './tar.ts';
import { createZstdDecoder, type ZstdDecoder } from './zstd.ts';

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
  let unpacked = 0;
  const take = (piece: Buffer): void => {
    unpacked += piece.length;
    if (unpacked > bombSize && unpacked > compressedSize * limits.ratio) {
      throw new LimitError(
        `a layer of ${compressedSize} bytes grows to more than ${Math.round(bombSize / 1024 ** 2)} MiB`,
      );
    }
    parser.write(piece);
  };
  return format === 'gzip' ? unpackGzip(take, parser.end) : unpackZstd(take, parser.end);
}

function unpackGzip(take: (piece: Buffer) => void, parsed: () => void): Unpacking {
  const stream = createGunzip({ chunkSize: 256 * 1024 });
  let ended = false;
  let problem: unknown;
  const fail = (error: unknown): void => {
    problem ??= error;
    stream.destroy();
  };
  stream.on('data', (chunk: Buffer) => {
    try {
      take(chunk);
    } catch (error) {
      fail(error);
    }
  });
  stream.on('error', fail);
  const closed = once(stream, 'close').catch(fail);
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
      if (ended) parsed();
    },
    stop: () => stream.destroy(),
  };
}

/** What comes before the decoder is there waits until `settle`. */
function unpackZstd(take: (piece: Buffer) => void, parsed: () => void): Unpacking {
  let decoder: ZstdDecoder | undefined;
  let waiting: Buffer[] = [];
  let ended = false;
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    decoder?.free();
    decoder = undefined;
  };
  return {
    write: (piece) => {
      if (decoder) decoder.unpack(piece, take);
      else waiting.push(Buffer.from(piece));
    },
    end: () => {
      ended = true;
    },
    settle: async () => {
      if (stopped) return;
      decoder ??= await createZstdDecoder();
      for (const piece of waiting) decoder.unpack(piece, take);
      waiting = [];
      if (!ended) return;
      decoder.end();
      stop();
      parsed();
    },
    stop,
  };
}
