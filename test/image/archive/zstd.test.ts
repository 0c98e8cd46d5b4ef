import assert from 'node:assert/strict';
import { createTarParser } from '../../../server/image/archive/tar.ts';
import { unpackInto } from '../../../server/image/archive/unpack.ts';
import { unpackedZstd } from '../../../server/image/archive/zstd.ts';
import { layerOf, ociArchive, readBytes, readFromFile } from './images.ts';
import { compressed, parts } from './zstd-layer.ts';

/** A header that asks for a window of 2 GiB, and a frame that may be passed over. */
const hugeWindow = Buffer.from('28b52ffd00a8010000', 'hex');
const skippable = Buffer.from('502a4d1803000000616263', 'hex');

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function unpacked(bytes: Buffer, pieceSize: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of unpackedZstd(cut(bytes, pieceSize))) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('zstd', () => {
  it('unpacks frames, however they are cut', async () => {
    const frames = Buffer.concat([skippable, compressed, compressed, skippable, compressed]);
    const whole = Buffer.concat([layerOf(parts), layerOf(parts), layerOf(parts)]);
    for (const size of [1, 7, 1000]) assert.ok((await unpacked(frames, size)).equals(whole), `${size}`);
  });

  const rejects = (title: string, bytes: Buffer, message: RegExp): void => {
    it(`ends with an error for ${title}`, () => assert.rejects(unpacked(bytes, 50), { message }));
  };
  rejects('a frame cut short', compressed.subarray(0, 100), /^unexpected end of file$/);
  rejects('garbage', Buffer.from('no zstd at all'), /^invalid zstd data$/);
  rejects('a window of gigabytes', hugeWindow, /window of more than 128 MiB$/);
  rejects('a wrong sum', Buffer.concat([compressed.subarray(0, -1), Buffer.from([0])]), /^invalid zstd data$/);

  it('reads an OCI archive with zstd layers, as a stream and as a file', async () => {
    const archive = ociArchive({ 'linux/amd64': [parts] }, () => compressed);
    const plain = await readBytes(ociArchive({ 'linux/amd64': [parts] }));
    for (const image of [await readBytes(archive), await readBytes(archive, 100_000), await readFromFile(archive)]) {
      assert.deepEqual(image.layers[0]?.entries, plain.layers[0]?.entries);
      assert.equal(image.layers[0]?.compressed, compressed.length);
    }
  });

  it('says what is wrong with a damaged zstd layer', async () => {
    const read = (layer: Buffer) => readBytes(ociArchive({ 'linux/amd64': [parts] }, () => layer));
    await assert.rejects(read(compressed.subarray(0, 100)), { message: /^the saved image is damaged: / });
    await assert.rejects(read(hugeWindow), { message: /^the saved image is damaged: / });
  });

  it('ends a layer that grows like a bomb', async () => {
    const unpacking = unpackInto(
      createTarParser(() => undefined),
      'zstd',
      compressed.length,
      100_000,
    );
    unpacking.write(compressed);
    unpacking.end();
    await assert.rejects(unpacking.settle(), { message: /^a layer of 140 bytes grows to more than 0 MiB$/ });
  });
});
