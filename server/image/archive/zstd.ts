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

const pieceSize = 128 * 1024;
/** Two of address, size and position, which the library counts on. */
const bufferSize = 12;

/** Unpacks zstd. */
export interface ZstdDecoder {
  /** Gives what a piece unpacks to, in pieces that are only valid during the call. Throws for what is damaged. */
  readonly unpack: (piece: Uint8Array, take: (unpacked: Buffer) => void) => void;
  /** No more comes. Throws when the last frame is not complete. */
  readonly end: () => void;
  readonly free: () => void;
}

/**
 * Any number of frames, windows of up to 128 MiB, with checksums. Node.js has no zstd before 22.15, and that of 24 ends at the
 * first of several frames without a word, of which podman's zstd:chunked has many.
 */
export async function createZstdDecoder(): Promise<ZstdDecoder> {
  const library = await loadLibrary();
  const context = library.ZSTD_createDCtx();
  const input = library.malloc(2 * bufferSize + 2 * pieceSize);
  if (context === 0 || input === 0) throw new Error(noMemory);
  const output = input + bufferSize;
  const source = output + bufferSize;
  const target = source + pieceSize;
  let state = 0;
  // The memory may grow, and is another buffer then.
  const numbers = (at: number): DataView => new DataView(library.memory.buffer, at, bufferSize);
  const point = (at: number, address: number, size: number): void => {
    for (const [index, value] of [address, size, 0].entries()) numbers(at).setUint32(4 * index, value, true);
  };
  const position = (at: number): number => numbers(at).getUint32(8, true);
  return {
    unpack: (piece, take) => {
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
          if (filled > 0) take(Buffer.from(library.memory.buffer, target, filled));
        }
      }
    },
    end: () => {
      if (state !== 0) throw new Error('unexpected end of file');
    },
    free: () => {
      library.ZSTD_freeDCtx(context);
      library.free(input);
    },
  };
}

const noMemory = 'there is not enough memory for zstd';
/** By zstd's numbers of errors. */
const errors: Readonly<Record<number, string>> = {
  16: 'a zstd frame wants a window of more than 128 MiB',
  64: noMemory,
};

/** Unpacks a stream. */
export async function* unpackedZstd(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const decoder = await createZstdDecoder();
  try {
    for await (const piece of pieces) {
      const unpacked: Buffer[] = [];
      decoder.unpack(piece, (one) => unpacked.push(Buffer.from(one)));
      yield* unpacked;
    }
    decoder.end();
  } finally {
    decoder.free();
  }
}
