import { once } from 'node:events';
import { createGzip } from 'node:zlib';

/** Images above this are not compressed to see how small they get: it would take longer than most builds. */
const limit = 100_000_000;

/** Passes a stream on, and finds out how many bytes it has compressed as registries compress layers. */
export interface PullSize {
  readonly passing: (stream: AsyncIterable<Buffer>) => AsyncIterable<Buffer>;
  /** After the end of the stream; undefined when it was too long. */
  readonly bytes: () => Promise<number | undefined>;
}

/** Compresses as docker push does; the archive's few words of JSON are counted with it. */
export function countPullSize(): PullSize {
  const gzip = createGzip();
  let compressed = 0;
  let passed = 0;
  gzip.on('data', (chunk: Buffer) => {
    compressed += chunk.length;
  });
  return {
    passing: async function* (stream) {
      for await (const chunk of stream) {
        passed += chunk.length;
        // The reader may use its buffer again.
        if (passed <= limit && !gzip.write(Buffer.from(chunk))) await once(gzip, 'drain');
        yield chunk;
      }
    },
    bytes: async () => {
      if (passed > limit) {
        gzip.destroy();
        return undefined;
      }
      gzip.end();
      await once(gzip, 'end');
      return compressed;
    },
  };
}
