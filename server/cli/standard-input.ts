import { fstatSync } from 'node:fs';
import { type ConnectOpts, Socket, type SocketConstructorOpts } from 'node:net';

const descriptor = 0;

/** Standard input as it comes; a piece is valid until the next one is asked for. Rejects when it cannot be read. */
export const standardInput = (): AsyncIterable<Uint8Array> => (isPipe() ? pipePieces() : process.stdin);

function isPipe(): boolean {
  const found = fstatSync(descriptor);
  return found.isFIFO() || found.isSocket();
}

/** All pieces in one buffer: `process.stdin` takes memory for each, which for a gigabyte costs more time than to look at it. */
async function* pipePieces(): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(256 * 1024);
  let filled = 0;
  let ended = false;
  let problem: Error | undefined;
  let wake = (): void => {};
  const options: SocketConstructorOpts & ConnectOpts = {
    fd: descriptor,
    readable: true,
    writable: false,
    onread: {
      buffer,
      callback: (bytes) => {
        filled = bytes;
        wake();
        // It waits until the piece is done.
        return false;
      },
    },
  };
  const socket = new Socket(options);
  socket.on('error', (error) => {
    problem = error;
  });
  socket.once('close', () => {
    ended = true;
    wake();
  });
  try {
    while (!ended) {
      filled = 0;
      const next = new Promise<void>((resolve) => {
        wake = resolve;
      });
      socket.resume();
      await next;
      if (filled > 0) yield buffer.subarray(0, filled);
    }
    if (problem) throw problem;
  } finally {
    socket.destroy();
  }
}
