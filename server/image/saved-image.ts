import path from 'node:path';
import { type Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { fromManifest, type SavedImage, type SavedParts } from './saved-manifest.ts';

export type { SavedImage } from './saved-manifest.ts';

/** The readable content of an entry; tar-stream does not export its name. */
type Content = ReturnType<typeof extract> extends AsyncIterable<infer T> ? T : never;

/** JSON files of an archive are read whole up to this size; only layers are larger. */
const largestJson = 16 * 1024 * 1024;

/**
 * Sizes from the archive that `docker save` and `podman save --format docker-archive` write: uncompressed or gzip layers, old
 * and OCI layout. Streams. Rejects with a sentence when the archive is damaged, cut short or not of an image.
 */
export async function readSavedImage(archive: AsyncIterable<Uint8Array>): Promise<SavedImage> {
  const parts: SavedParts = { layers: new Map(), links: new Map(), json: new Map() };
  try {
    await eachEntry(archive, async (header, content) => readEntry(header, content, parts));
  } catch (error) {
    throw new Error(`the saved image is damaged: ${error instanceof Error ? error.message : String(error)}`);
  }
  return fromManifest(parts);
}

/** Calls back with each entry of a tar; the callback must read the content to its end. */
async function eachEntry(
  source: AsyncIterable<Uint8Array>,
  visit: (header: Header, content: Content) => Promise<void> | void,
  unpack?: Duplex,
): Promise<void> {
  const tar = extract();
  const visiting = (async () => {
    for await (const entry of tar) await visit(entry.header, entry);
  })();
  const bytes = Readable.from(source, { objectMode: false });
  const piping = unpack ? pipeline(bytes, unpack, tar) : pipeline(bytes, tar);
  const [visited, piped] = await Promise.allSettled([visiting, piping]);
  // The visitor's error is the cause when both fail: the pipe only sees that its end closed.
  if (visited.status === 'rejected') throw visited.reason;
  if (piped.status === 'rejected') throw piped.reason;
}

async function readEntry(header: Header, content: Content, parts: SavedParts): Promise<void> {
  const name = path.posix.normalize(header.name);
  if (header.type === 'symlink' || header.type === 'link') {
    const folder = header.type === 'symlink' ? path.posix.dirname(name) : '.';
    parts.links.set(name, path.posix.normalize(path.posix.join(folder, header.linkname ?? '')));
  }
  const size = header.size ?? 0;
  if (header.type !== 'file' || size === 0) {
    content.resume();
    return;
  }
  const { head, whole } = await peek(content);
  const format = formatOf(head);
  if (format === 'other') {
    const text = await textOf(whole, size);
    if (text !== undefined) parts.json.set(name, text);
    return;
  }
  const unpacked = await tarSize(whole, decompressor(format));
  parts.layers.set(name, { unpacked, compressed: format === 'tar' ? undefined : size });
}

type Format = 'tar' | 'gzip' | 'zstd' | 'other';

function formatOf(head: Buffer): Format {
  if (head.length >= 2 && head.readUInt16BE(0) === 0x1f8b) return 'gzip';
  if (head.length >= 4 && head.readUInt32BE(0) === 0x28b52ffd) return 'zstd';
  if (head.length < 512) return 'other';
  // An empty tar is two blocks of zeros.
  const isTar = head.subarray(257, 262).toString('latin1') === 'ustar' || head.every((byte) => byte === 0);
  return isTar ? 'tar' : 'other';
}

function decompressor(format: Format): Duplex | undefined {
  if (format === 'gzip') return zlib.createGunzip();
  if (format !== 'zstd') return undefined;
  if ('createZstdDecompress' in zlib && typeof zlib.createZstdDecompress === 'function') {
    return zlib.createZstdDecompress();
  }
  throw new Error('its layers are compressed with zstd, which Node.js reads from version 22.15 on');
}

/** Sum of what `lstat` would give as size: file bytes, and the length of a symbolic link's target. */
async function tarSize(source: AsyncIterable<Uint8Array>, unpack: Duplex | undefined): Promise<number> {
  let total = 0;
  await eachEntry(
    source,
    (header, content) => {
      if (header.type === 'symlink') total += Buffer.byteLength(header.linkname ?? '');
      else if (header.type === 'file' || header.type === 'contiguous-file') total += header.size ?? 0;
      content.resume();
    },
    unpack,
  );
  return total;
}

async function* bytesOf(content: Content): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) if (chunk instanceof Uint8Array) yield chunk;
}

/** The first 512 bytes and the whole content, these bytes included. */
async function peek(content: Content): Promise<{ readonly head: Buffer; readonly whole: AsyncIterable<Uint8Array> }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const iterator = bytesOf(content);
  while (length < 512) {
    const next = await iterator.next();
    if (next.done) break;
    chunks.push(next.value);
    length += next.value.length;
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield* chunks;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { head: Buffer.concat(chunks).subarray(0, 512), whole: whole() };
}

async function textOf(whole: AsyncIterable<Uint8Array>, size: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of whole) if (size <= largestJson) chunks.push(chunk);
  return size <= largestJson ? Buffer.concat(chunks).toString('utf8') : undefined;
}
