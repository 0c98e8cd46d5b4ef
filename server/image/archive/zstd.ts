import { Duplex } from 'node:stream';
import type { ZSTDDecoder } from 'zstddec/stream';

/** What is exported by the WebAssembly of zstd's own library: addresses and sizes are numbers, errors negative ones. */
interface Library {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly malloc: (size: number) => number;
  readonly free: (address: number) => void;
  readonly ZSTD_createDCtx: () => number;
  readonly ZSTD_freeDCtx: (context: number) => number;
  /** 0 at the end of a frame. */
  readonly ZSTD_decompressStream: (context: number, output: number, input: number) => number;
}

/** The decoder of the package takes everything at once and does not look at errors: only what it loads is used. */
const loadLibrary = once(async (): Promise<Library> => {
  const library = await import('zstddec/stream');
  let exports: unknown;
  class Loader extends library.ZSTDDecoder {
    override _init(result: { readonly instance: { readonly exports: unknown } }): void {
      super._init(result as Parameters<ZSTDDecoder['_init']>[0]);
      exports = result.instance.exports;
    }
  }
  await new Loader().init();
  return exports as Library;
});

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * Unpacks zstd: any number of frames, windows of up to 128 MiB, checksums. Node.js has no zstd before 22.15, and that of 24 ends
 * at the first of several frames without a word, of which podman's zstd:chunked has many.
 */
export function zstdDecompressor(): Duplex {
  let decoder: Decoder | undefined;
  let unpacked: Iterator<Buffer> | undefined;
  let done = (): void => {};
  /** Until nobody takes more, or all of the piece is unpacked. */
  const pump = (): void => {
    try {
      while (unpacked) {
        const next = unpacked.next();
        if (!next.done) {
          if (!stream.push(next.value)) return;
        } else {
          unpacked = undefined;
          done();
        }
      }
    } catch (error) {
      stream.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const stream = new Duplex({
    write: (piece: Buffer, _, callback) => {
      const begin = (library: Library): void => {
        if (stream.destroyed) return;
        decoder ??= createDecoder(library);
        unpacked = decoder.unpack(piece);
        done = callback;
        pump();
      };
      loadLibrary().then(begin, callback);
    },
    read: pump,
    final: (callback) => {
      if (decoder?.isInside()) {
        callback(new Error('unexpected end of file'));
        return;
      }
      stream.push(null);
      callback();
    },
    destroy: (error, callback) => {
      unpacked = undefined;
      decoder?.free();
      decoder = undefined;
      callback(error);
    },
  });
  return stream;
}

const pieceSize = 128 * 1024;
/** Two of address, size and position, which the library counts on. */
const bufferSize = 12;

interface Decoder {
  /** Throws for what is damaged. The piece has to stay as it is until all is taken. */
  readonly unpack: (piece: Buffer) => Iterator<Buffer>;
  /** Whether the last frame is not complete. */
  readonly isInside: () => boolean;
  readonly free: () => void;
}

function createDecoder(library: Library): Decoder {
  const context = library.ZSTD_createDCtx();
  const input = library.malloc(2 * bufferSize + 2 * pieceSize);
  const output = input + bufferSize;
  const source = output + bufferSize;
  const target = source + pieceSize;
  let state = 0;
  // The memory may grow, and is another buffer then.
  const point = (at: number, address: number, size: number): void =>
    new Uint32Array(library.memory.buffer, at, 3).set([address, size, 0]);
  const position = (at: number): number => new Uint32Array(library.memory.buffer, at, 3)[2] ?? 0;

  function* unpack(piece: Buffer): Generator<Buffer> {
    for (let at = 0; at < piece.length; at += pieceSize) {
      const part = piece.subarray(at, at + pieceSize);
      new Uint8Array(library.memory.buffer).set(part, source);
      point(input, source, part.length);
      let filled = pieceSize;
      while (filled === pieceSize || position(input) < part.length) {
        point(output, target, pieceSize);
        state = library.ZSTD_decompressStream(context, output, input);
        if (state < 0) throw new Error(errors[-state] ?? 'invalid zstd data');
        filled = position(output);
        if (filled > 0) yield Buffer.from(Buffer.from(library.memory.buffer, target, filled));
      }
    }
  }

  return {
    unpack,
    isInside: () => state !== 0,
    free: () => {
      library.ZSTD_freeDCtx(context);
      library.free(input);
    },
  };
}

/** By zstd's numbers of errors. */
const errors: Readonly<Record<number, string>> = {
  16: 'a zstd frame wants a window of more than 128 MiB',
  64: 'there is not enough memory for zstd',
};
