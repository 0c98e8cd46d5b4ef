import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type ReadImage, readArchive } from '../../../server/image/archive/read-archive.ts';
import { fileSource, streamSource } from '../../../server/image/archive/sources.ts';
import { endOfTar, rawMember } from './raw-tar.ts';

/** A layer's member for tests: the type letter of tar, `0` for a file. */
export interface Part {
  readonly name: string;
  readonly content?: string | Buffer;
  readonly type?: string;
  readonly link?: string;
  readonly mode?: number;
}

/** A tar of these. */
export const layerOf = (parts: readonly Part[]): Buffer =>
  Buffer.concat([
    ...parts.map(({ name, content = '', type = '0', link = '', mode = 0o644 }) =>
      rawMember(name, content, { type, link, mode }),
    ),
    endOfTar,
  ]);

/** Configuration of an image, as engines write it. */
export interface Config {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly history?: readonly { readonly created_by: string; readonly empty_layer?: boolean }[];
  readonly architecture?: string;
}

/** What `docker save` of the overlay2 store writes. */
export function dockerArchive(layers: readonly (readonly Part[])[], config: Config = {}): Buffer {
  const names = layers.map((_, index) => `layer${index}/layer.tar`);
  return layerOf([
    ...layers.map((parts, index) => ({ name: names[index] ?? '', content: layerOf(parts) })),
    { name: 'config.json', content: JSON.stringify({ os: 'linux', architecture: 'amd64', ...config }) },
    { name: 'manifest.json', content: JSON.stringify([{ Config: 'config.json', Layers: names }]) },
  ]);
}

/** An OCI layout, its layers compressed, one image for each platform, within an index in the index. */
export function ociArchive(
  platforms: Readonly<Record<string, readonly (readonly Part[])[]>>,
  compress: (layer: Buffer) => Buffer = gzipSync,
): Buffer {
  const blobs: Part[] = [];
  const add = (name: string, content: string | Buffer): string => {
    blobs.push({ name: `blobs/sha256/${name}`, content });
    return `sha256:${name}`;
  };
  const manifests = Object.entries(platforms).map(([platform, layers]) => {
    const [os, architecture] = platform.split('/');
    const config = add(`config-${architecture}`, JSON.stringify({ os, architecture }));
    const digests = layers.map((parts, index) => add(`layer-${architecture}-${index}`, compress(layerOf(parts))));
    const manifest = { config: { digest: config }, layers: digests.map((digest) => ({ digest })) };
    return { digest: add(`manifest-${architecture}`, JSON.stringify(manifest)), platform: { os, architecture } };
  });
  const attestation = add('attestation', JSON.stringify({ config: { digest: 'sha256:none' }, layers: [] }));
  const inner = add(
    'inner',
    JSON.stringify({
      manifests: [{ digest: attestation, platform: { os: 'unknown', architecture: 'unknown' } }, ...manifests],
    }),
  );
  return layerOf([
    ...blobs,
    { name: 'oci-layout', content: '{"imageLayoutVersion":"1.0.0"}' },
    { name: 'index.json', content: JSON.stringify({ manifests: [{ digest: inner }] }) },
  ]);
}

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Reads an archive that comes in pieces. */
export const readBytes = (archive: Buffer, pieceSize = 1000, platform = 'linux/amd64'): Promise<ReadImage> =>
  readArchive(streamSource(pieces(archive, pieceSize)), platform);

/** Reads an archive from a file, passing over what nobody needs. */
export async function readFromFile(archive: Buffer): Promise<ReadImage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'go-dockerfile-test-'));
  try {
    const name = path.join(folder, 'image.tar');
    await writeFile(name, archive);
    const file = await open(name);
    try {
      return await readArchive(await fileSource(file), 'linux/amd64');
    } finally {
      await file.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}
