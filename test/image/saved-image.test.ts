import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { readSavedImage } from '../../server/image/saved-image.ts';
import { savedImage, tarOf } from './archives.ts';

const app = 'x'.repeat(70_000);
const layers = [
  [
    { name: 'bin/', folder: true },
    { name: 'bin/app', content: app },
    { name: 'bin/same', hardLink: 'bin/app' },
    { name: 'bin/sh', symlink: '/bin/app' },
  ],
  [
    { name: 'etc/.wh.passwd', content: '' },
    { name: 'etc/ü file', content: 'zwölf' },
  ],
] as const;

async function* chunks(bytes: Buffer, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('readSavedImage', () => {
  it('adds files and symbolic links up; hard links, folders and whiteouts weigh nothing', async () => {
    assert.deepEqual(await readSavedImage(chunks(await savedImage(layers))), {
      unpacked: 70_000 + 8 + 6,
      compressed: undefined,
      layers: [
        { size: 70_008, createdBy: 'COPY 0' },
        { size: 6, createdBy: 'COPY 1' },
      ],
    });
  });

  it('unpacks gzip layers and gives their compressed size', async () => {
    const size = await readSavedImage(chunks(await savedImage(layers, 'oci')));
    const packed = await Promise.all(layers.map(async (layer) => gzipSync(await tarOf(layer)).length));
    assert.equal(size.unpacked, 70_014);
    assert.equal(
      size.compressed,
      packed.reduce((sum, each) => sum + each),
    );
  });

  it('reads an archive that arrives byte by byte', async () => {
    const small = await savedImage([[{ name: 'a', content: '12345' }]], 'oci');
    assert.equal((await readSavedImage(chunks(small, 1))).unpacked, 5);
  });

  it('counts a layer that occurs twice twice, stored once and linked', async () => {
    const archive = await tarOf([
      { name: 'one/layer.tar', content: await tarOf([{ name: 'a', content: '123' }]) },
      { name: 'two/layer.tar', symlink: '../one/layer.tar' },
      { name: 'manifest.json', content: JSON.stringify([{ Config: 'c', Layers: ['one/layer.tar', 'two/layer.tar'] }]) },
    ]);
    assert.equal((await readSavedImage(chunks(archive))).unpacked, 6);
  });

  it('gives 0 for an empty layer', async () => {
    assert.equal((await readSavedImage(chunks(await savedImage([[]])))).unpacked, 0);
  });

  const rejects = (title: string, archive: () => Promise<Buffer>, message: RegExp): void => {
    it(`rejects ${title}`, async () => {
      await assert.rejects(readSavedImage(chunks(await archive())), { message });
    });
  };
  rejects(
    'an archive cut short',
    async () => (await savedImage(layers)).subarray(0, 30_000),
    /damaged: Unexpected end/,
  );
  rejects(
    'an archive cut short in a gzip layer',
    async () => (await savedImage(layers, 'oci')).subarray(0, 600),
    /damaged/,
  );
  rejects(
    'a layer whose gzip ends early',
    async () => {
      const layer = gzipSync(await tarOf(layers[0])).subarray(0, 100);
      return tarOf([{ name: 'l', content: layer }]);
    },
    /damaged: unexpected end of file/,
  );
  rejects(
    'a layer with a broken header',
    async () => {
      const layer = await tarOf([
        { name: 'a', content: '1' },
        { name: 'b', content: '2' },
      ]);
      layer.write('garbage', 1024 + 148);
      return tarOf([{ name: 'l', content: layer }]);
    },
    /damaged: Invalid tar header/,
  );
  rejects('an archive of something else', () => tarOf([{ name: 'readme', content: 'hello' }]), /no manifest\.json/);
  rejects(
    'a missing layer',
    () => tarOf([{ name: 'manifest.json', content: '[{"Config":"c","Layers":["gone/layer.tar"]}]' }]),
    /layer gone\/layer\.tar is missing/,
  );
  rejects('text', async () => Buffer.from('Error: no such image\n'.repeat(100)), /damaged/);
});
