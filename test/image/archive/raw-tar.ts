/** A 512-byte header as a tar writer makes it, for what tar-stream does not write. */
export function rawHeader(
  name: string,
  options: {
    readonly type?: string;
    readonly size?: number | Buffer;
    readonly link?: string;
    readonly mode?: number;
    readonly fill?: (block: Buffer) => void;
  } = {},
): Buffer {
  const { type = '0', size = 0, link = '', mode = 0o644, fill } = options;
  const block = Buffer.alloc(512);
  block.write(name.slice(0, 100), 0);
  block.write(`${mode.toString(8).padStart(7, '0')}\0`, 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  if (typeof size === 'number') block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  else size.copy(block, 124);
  block.write('00000000000\0', 136);
  block.write(type, 156);
  block.write(link.slice(0, 100), 157);
  block.write('ustar\x0000', 257, 'latin1');
  fill?.(block);
  block.fill(0x20, 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/** A member with its content, filled up to whole blocks. */
export function rawMember(
  name: string,
  content: string | Buffer,
  options: Parameters<typeof rawHeader>[1] = {},
): Buffer {
  const bytes = Buffer.from(content as string);
  const padding = Buffer.alloc((512 - (bytes.length % 512)) % 512);
  return Buffer.concat([rawHeader(name, { size: bytes.length, ...options }), bytes, padding]);
}

export const endOfTar = Buffer.alloc(1024);
