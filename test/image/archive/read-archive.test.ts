import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { limits } from '../../../server/image/archive/limits.ts';
import type { ReadImage } from '../../../server/image/archive/read-archive.ts';
import { createTarParser } from '../../../server/image/archive/tar.ts';
import { unpackInto } from '../../../server/image/archive/unpack.ts';
import { reportImage } from '../../../server/image/report/report.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { dockerArchive, layerOf, ociArchive, type Part, readBytes, readFromFile } from './images.ts';
import { endOfTar, rawHeader, rawMember } from './raw-tar.ts';
import * as zstd from './zstd-layer.ts';

const shown = ({ layers }: ReadImage) =>
  layers.map(({ entries }) => entries.map(({ path, type, size }) => `${type} ${path} ${size}`));

const parts: readonly Part[] = [
  { name: './bin/', type: '5' },
  { name: './bin/app', content: 'x'.repeat(300_000), mode: 0o755 },
  { name: './bin/same', type: '1', link: './bin/app' },
  { name: '/bin/sh', type: '2', link: '/bin/app' },
  { name: 'dev/null', type: '3' },
  { name: 'etc/.wh.passwd' },
  { name: 'var/.wh..wh..opq' },
  { name: '.wh..wh.plnk', type: '5' },
];
const expected = [
  [
    'folder bin 0',
    'file bin/app 300000',
    'link bin/same 0',
    'symlink bin/sh 8',
    'other dev/null 0',
    'whiteout etc/passwd 0',
    'opaque var 0',
    'other .wh..wh.plnk 0',
  ],
];

describe('readArchive', () => {
  it('reads a docker archive, as a stream and as a file', async () => {
    const archive = dockerArchive([parts]);
    assert.deepEqual(shown(await readBytes(archive)), expected);
    assert.deepEqual(shown(await readBytes(archive, 100_000)), expected);
    assert.deepEqual(shown(await readFromFile(archive)), expected);
  });

  it('reads an OCI layout: gzip layers, an index in the index, the platform asked for', async () => {
    const archive = ociArchive({
      'linux/amd64': [parts, [{ name: 'a', content: '1' }]],
      'linux/arm64': [[{ name: 'arm' }]],
    });
    const amd = await readBytes(archive);
    assert.deepEqual(shown(amd), [...expected, ['file a 1']]);
    assert.equal(amd.layers[0]?.compressed, gzipSync(layerOf(parts)).length);
    assert.deepEqual(shown(await readFromFile(archive)), [...expected, ['file a 1']]);
    const arm = await readBytes(archive, 1000, 'linux/arm64');
    assert.deepEqual([arm.config.platform, ...shown(arm)], ['linux/arm64', ['file arm 0']]);
    assert.equal((await readBytes(archive, 1000, 'linux/s390x')).config.platform, 'linux/amd64');
  });

  it('reads the configuration', async () => {
    const { config } = await readBytes(
      dockerArchive([[]], {
        config: {
          User: 'app',
          Entrypoint: ['/app'],
          Cmd: null,
          Env: ['A=b'],
          WorkingDir: '/w',
          ExposedPorts: { '80/tcp': {} },
        },
        history: [{ created_by: 'COPY . .' }, { created_by: 'USER app', empty_layer: true }],
      }),
    );
    assert.deepEqual(
      [config.user, config.entrypoint, config.cmd, config.env, config.workdir, config.ports],
      ['app', ['/app'], [], ['A=b'], '/w', ['80/tcp']],
    );
    assert.deepEqual(config.history, [
      { createdBy: 'COPY . .', empty: false },
      { createdBy: 'USER app', empty: true },
    ]);
  });

  it('keeps the text of files that say something, and the first line of scripts', async () => {
    const image = await readBytes(
      dockerArchive([
        [
          { name: 'etc/passwd', content: 'root:x:0:0::/:/bin/sh\n' },
          { name: 'run.sh', content: `#!/bin/bash -e\r\n${'echo\n'.repeat(1000)}`, mode: 0o755 },
          { name: 'data', content: '#!/bin/none\n' },
          { name: 'tiny', content: '#!' },
        ],
      ]),
      3,
    );
    assert.deepEqual(
      image.layers[0]?.entries.map(({ facts }) => facts),
      [
        { kind: 'text', text: 'root:x:0:0::/:/bin/sh\n' },
        { kind: 'script', line: '/bin/bash -e\r' },
        undefined,
        undefined,
      ],
    );
  });

  it('reads a large gzip layer behind a small one in the same piece', async () => {
    const large = { name: 'large', content: randomBytes(600_000).toString('base64') };
    const read = await readBytes(ociArchive({ 'linux/amd64': [[{ name: 'small' }], [large]] }), 40_000);
    assert.deepEqual(shown(read), [['file small 0'], ['file large 800000']]);
  });

  it('reads a program the same way from a stream, from gzip and from a file', async () => {
    const program = await readFile('/bin/ls').catch(() => undefined);
    const content = program ?? Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(100)]);
    const layer = [{ name: 'bin/ls', content, mode: 0o755 }];
    const facts = async (image: Promise<ReadImage>) => (await image).layers[0]?.entries[0]?.facts;
    const fromStream = await facts(readBytes(dockerArchive([layer])));
    assert.equal(fromStream?.kind, 'elf');
    assert.deepEqual(await facts(readFromFile(dockerArchive([layer]))), fromStream);
    assert.deepEqual(await facts(readBytes(ociArchive({ 'linux/amd64': [layer] }))), fromStream);
  });

  it('keeps large programs out of memory and leaves no file behind', async () => {
    const { folder, restore } = temporaryFolder('go-dockerfile-test-');
    try {
      const content = Buffer.alloc(30 * 1024 * 1024);
      content.write('\x7fELF\x02\x01\x01', 'latin1');
      const image = await readBytes(dockerArchive([[{ name: 'app', content }]]), 1024 * 1024);
      assert.equal(image.layers[0]?.entries[0]?.facts?.kind, 'elf');
      assert.deepEqual(readdirSync(folder), []);
    } finally {
      restore();
    }
  });

  it('counts a layer that is stored once and linked', async () => {
    const archive = layerOf([
      { name: 'one/layer.tar', content: layerOf([{ name: 'a', content: '123' }]) },
      { name: 'two/layer.tar', type: '2', link: '../one/layer.tar' },
      { name: 'manifest.json', content: JSON.stringify([{ Config: 'c', Layers: ['one/layer.tar', 'two/layer.tar'] }]) },
    ]);
    assert.deepEqual(shown(await readBytes(archive)), [['file a 3'], ['file a 3']]);
  });
});

describe('readArchive of hostile input', () => {
  it('reads names that lead out as below the root, and says so', async () => {
    const image = await readBytes(
      dockerArchive([[{ name: '../../etc/passwd', content: 'x' }, { name: 'a/../../b' }, { name: 'fine/../c' }]]),
    );
    assert.deepEqual(shown(image), [['file etc/passwd 1', 'file b 0', 'file c 0']]);
    assert.deepEqual(image.oddities, [
      'the name "../../etc/passwd" leads out of the image; it is read as below its root',
      'the name "a/../../b" leads out of the image; it is read as below its root',
    ]);
  });

  it('leaves names out that Linux does not allow, and says so', async () => {
    const name = `${'d/'.repeat(3000)}f`;
    const layer = Buffer.concat([rawMember('L', `${name}\0`, { type: 'L' }), rawMember('x', '1'), endOfTar]);
    const archive = layerOf([
      { name: 'l/layer.tar', content: layer },
      { name: 'manifest.json', content: '[{"Config":"c","Layers":["l/layer.tar"]}]' },
    ]);
    const image = await readBytes(archive);
    assert.deepEqual(shown(image), [[]]);
    assert.deepEqual(image.oddities, ['a name of 6001 bytes is longer than Linux allows; it is left out']);
  });

  const rejects = (title: string, archive: () => Buffer, message: RegExp): void => {
    it(`rejects ${title}`, async () => {
      await assert.rejects(readBytes(archive()), { message });
      await assert.rejects(readFromFile(archive()), { message });
    });
  };
  const docker = dockerArchive([parts]);
  const oci = ociArchive({ 'linux/amd64': [parts] });
  rejects(
    'an archive cut short',
    () => docker.subarray(0, 40_000),
    /^the saved image is damaged: Unexpected end of data$/,
  );
  rejects('one cut where a file passes over', () => docker.subarray(0, 200_000), /damaged: Unexpected end of data/);
  rejects('one cut in a gzip layer', () => oci.subarray(0, 1800), /damaged/);
  rejects(
    'a gzip layer that ends early',
    () => layerOf([{ name: 'l', content: gzipSync(layerOf(parts)).subarray(0, 300) }]),
    /damaged: unexpected end of file/,
  );
  rejects(
    'a gzip layer of garbage',
    () => layerOf([{ name: 'l', content: Buffer.from('\x1f\x8b\x08garbage', 'latin1') }]),
    /damaged: /,
  );
  rejects(
    'a gzip layer that is no tar',
    () => layerOf([{ name: 'l', content: gzipSync(Buffer.alloc(2000, 'text')) }]),
    /damaged: Invalid tar header/,
  );
  rejects('text', () => Buffer.from('Error: no such image\n'.repeat(100)), /damaged: Invalid tar header/);
  rejects('nothing', () => Buffer.alloc(0), /neither manifest\.json nor index\.json/);
  rejects('an archive of something else', () => layerOf([{ name: 'readme', content: 'hi' }]), /it is not of an image/);
  rejects(
    'a missing layer',
    () => layerOf([{ name: 'manifest.json', content: '[{"Config":"c","Layers":["gone/layer.tar"]}]' }]),
    /layer gone\/layer\.tar is missing/,
  );
  rejects('a manifest that is no JSON', () => layerOf([{ name: 'manifest.json', content: '[{' }]), /names no layers/);
  rejects(
    'an index in itself',
    () =>
      layerOf([
        { name: 'blobs/sha256/a', content: '{"manifests":[{"digest":"sha256:a"},{"digest":"sha256:a"}]}' },
        { name: 'index.json', content: '{"manifests":[{"digest":"sha256:a"}]}' },
      ]),
    /names no image/,
  );
  rejects(
    'more layers than any image has',
    () =>
      layerOf(Array.from({ length: limits.layers + 1 }, (_, index) => ({ name: `${index}`, content: layerOf([]) }))),
    /^the saved image is not read: the archive has more than 1000 layers$/,
  );
  rejects(
    'a size that is not there',
    () => Buffer.concat([rawHeader('l/layer.tar', { size: 8 ** 11 - 1 }), layerOf([])]),
    /damaged: Unexpected end of data/,
  );

  it('ends a layer that grows like a bomb', async () => {
    const bomb = gzipSync(
      Buffer.concat([rawHeader('zeros', { size: 20 * 1024 * 1024 }), Buffer.alloc(20 * 1024 * 1024)]),
    );
    let taken = 0;
    const parser = createTarParser(() => ({
      data: (piece) => {
        taken += piece.length;
      },
      end: () => {},
    }));
    const unpacking = unpackInto(parser, 'gzip', bomb.length, 1024 * 1024);
    unpacking.write(bomb);
    unpacking.end();
    await assert.rejects(unpacking.settle(), { message: /^a layer of \d+ bytes grows to more than 1 MiB$/ });
    assert.ok(taken < 15 * 1024 * 1024, `${taken} bytes were unpacked`);
  });

  it('answers for any bytes: a report, or a sentence', async () => {
    const one = [
      { name: 'etc/passwd', content: 'root:x:0:0::/:\n' },
      { name: 'a', type: '1', link: 'etc/passwd' },
      ...parts.slice(3),
    ];
    const archives = [
      dockerArchive([one, [{ name: '.wh.a' }]]),
      ociArchive({ 'linux/amd64': [one] }),
      ociArchive({ 'linux/amd64': [zstd.parts] }, () => zstd.compressed),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...archives),
        fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), { maxLength: 20 }),
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        async (archive, changes, share) => {
          const bytes = Buffer.from(archive.subarray(0, Math.ceil(archive.length * share)));
          for (const [at, byte] of changes) bytes[Math.floor(at * bytes.length)] = byte;
          const image = await readBytes(bytes, 4096).catch((error: unknown) => String(error));
          if (typeof image === 'string')
            assert.match(image, /^Error: the (saved image|archive|index\.json|manifest\.json) /);
          else reportImage('any', image);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('stops on an abort', async () => {
    const { readArchive } = await import('../../../server/image/archive/read-archive.ts');
    const stop = new AbortController();
    const endless = {
      next: () => {
        stop.abort(new Error('cancelled'));
        return Promise.resolve(rawMember('a', 'abc'));
      },
      worthPassing: Number.POSITIVE_INFINITY,
      close: () => Promise.resolve(),
    };
    await assert.rejects(readArchive(endless, '', stop.signal), { message: 'cancelled' });
  });
});
