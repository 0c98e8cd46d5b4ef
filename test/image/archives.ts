import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';

/** What a test puts into a tar: content, or where a link points. */
export type Member = { readonly name: string } & (
  | { readonly content: string | Uint8Array }
  | { readonly symlink: string }
  | { readonly hardLink: string }
  | { readonly folder: true }
);

/** A tar of these members. */
export async function tarOf(members: readonly Member[]): Promise<Buffer> {
  const tar = pack();
  for (const member of members) {
    const { name } = member;
    if ('content' in member) tar.entry({ name }, Buffer.from(member.content as Uint8Array));
    else if ('symlink' in member) tar.entry({ name, type: 'symlink', linkname: member.symlink });
    else if ('hardLink' in member) tar.entry({ name, type: 'link', linkname: member.hardLink });
    else tar.entry({ name, type: 'directory' });
  }
  tar.finalize();
  return buffer(tar);
}

/** What `docker save` writes for these layers: the old layout, or the OCI one with gzip layers. */
export async function savedImage(
  layers: readonly (readonly Member[])[],
  layout: 'old' | 'oci' = 'old',
): Promise<Buffer> {
  const members: Member[] = [];
  const names: string[] = [];
  for (const [index, layer] of layers.entries()) {
    const name = layout === 'old' ? `layer${index}/layer.tar` : `blobs/sha256/layer${index}`;
    const tar = await tarOf(layer);
    names.push(name);
    members.push({ name, content: layout === 'old' ? tar : gzipSync(tar) });
  }
  const history = layers.flatMap((_, index) => [
    { created_by: `COPY ${index}` },
    { created_by: 'ENV A=b', empty_layer: true },
  ]);
  members.push({ name: 'config.json', content: JSON.stringify({ history }) });
  members.push({ name: 'manifest.json', content: JSON.stringify([{ Config: 'config.json', Layers: names }]) });
  return tarOf(members);
}
