/** How a member of an archive is packed, by its first bytes. */
export type Format = 'tar' | 'gzip' | 'zstd' | 'json' | 'other';

/** Looks at the first 512 bytes, or all there are. */
export function formatOf(head: Buffer): Format {
  if (head.length >= 2 && head.readUInt16BE(0) === 0x1f8b) return 'gzip';
  if (head.length >= 4 && head.readUInt32BE(0) === 0x28b52ffd) return 'zstd';
  const first = head.toString('latin1').trimStart()[0];
  if (first === '{' || first === '[') return 'json';
  if (head.length < 512) return 'other';
  // An empty tar is two blocks of zeros.
  const isTar = head.toString('latin1', 257, 262) === 'ustar' || head.every((byte) => byte === 0);
  return isTar ? 'tar' : 'other';
}
