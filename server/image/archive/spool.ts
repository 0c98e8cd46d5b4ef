import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Bytes, bytesOf } from '../binary/bytes.ts';

/** Keeps the content of one file at a time, in memory or, when it is large, in a temporary file that has no name. */
export interface Spool {
  /** Forgets the file before. */
  readonly start: () => void;
  readonly add: (piece: Buffer) => void;
  /** Valid until `start` or `close`. */
  readonly bytes: () => Bytes;
  readonly close: () => void;
}

const inMemory = 8 * 1024 * 1024;

/** Nothing is opened before a large file comes. */
export function createSpool(): Spool {
  let memory: Buffer = Buffer.alloc(0);
  let size = 0;
  let file: Temporary | undefined;
  let onDisk = false;
  const grow = (needed: number): void => {
    if (needed <= memory.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.min(Math.max(needed, memory.length * 2, 1024 * 1024), inMemory));
    memory.copy(larger, 0, 0, size);
    memory = larger;
  };
  return {
    start: () => {
      size = 0;
      onDisk = false;
    },
    add: (piece) => {
      if (!onDisk && size + piece.length > inMemory) {
        file ??= openTemporary();
        writeAll(file.descriptor, memory.subarray(0, size), 0);
        onDisk = true;
      }
      if (onDisk && file) writeAll(file.descriptor, piece, size);
      else {
        grow(size + piece.length);
        piece.copy(memory, size);
      }
      size += piece.length;
    },
    bytes: () => (onDisk && file ? fileBytes(file.descriptor, size) : bytesOf(memory.subarray(0, size))),
    close: () => {
      file?.close();
      file = undefined;
      memory = Buffer.alloc(0);
    },
  };
}

const blockSize = 64 * 1024;
const keptBlocks = 8;

/** Bytes of an open file that does not change; the blocks read last are kept, for headers lie together. */
export function fileBytes(descriptor: number, size: number): Bytes {
  const blocks = new Map<number, Buffer>();
  const load = (offset: number, length: number): Buffer => {
    const buffer = Buffer.allocUnsafeSlow(Math.min(length, size - offset));
    return buffer.subarray(0, readSync(descriptor, buffer, 0, buffer.length, offset));
  };
  const blockAt = (start: number): Buffer => {
    const block = blocks.get(start) ?? load(start, blockSize);
    blocks.delete(start);
    blocks.set(start, block);
    for (const oldest of blocks.keys()) {
      if (blocks.size <= keptBlocks) break;
      blocks.delete(oldest);
    }
    return block;
  };
  return {
    size,
    read: (offset, length) => {
      if (!Number.isSafeInteger(offset) || offset < 0 || offset >= size || length <= 0) return Buffer.alloc(0);
      const start = offset - (offset % blockSize);
      if (offset + length > start + blockSize) return load(offset, length);
      return blockAt(start).subarray(offset - start, offset - start + length);
    },
  };
}

function writeAll(descriptor: number, bytes: Buffer, position: number): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at, bytes.length - at, position + at);
}

interface Temporary {
  readonly descriptor: number;
  readonly close: () => void;
}

/** On systems where an open file needs no name, nothing is left even when the process is killed. */
function openTemporary(): Temporary {
  const folder = mkdtempSync(path.join(tmpdir(), 'go-dockerfile-read-'));
  const descriptor = openSync(path.join(folder, 'program'), 'wx+', 0o600);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  if (process.platform !== 'win32') remove();
  return {
    descriptor,
    close: () => {
      closeSync(descriptor);
      remove();
    },
  };
}
