/** What a test puts into an ELF file. */
export interface ElfParts {
  readonly sections?: Readonly<Record<string, Buffer>>;
  readonly interpreter?: string;
  readonly bits?: 32 | 64;
  readonly big?: boolean;
  readonly machine?: number;
  readonly type?: number;
}

/** An ELF file with these sections, as small as it can be: nothing in it runs. */
export function elfFile({
  sections = {},
  interpreter,
  bits = 64,
  big = false,
  machine = 62,
  type = 2,
}: ElfParts): Buffer {
  const wide = bits === 64;
  const [headSize, segmentSize, sectionSize] = wide ? [64, 56, 64] : [52, 32, 40];
  const names = ['', ...Object.keys(sections), '.shstrtab'];
  const strings = Buffer.from(`${names.join('\0')}\0`);
  const contents = [...Object.values(sections), strings];
  const text = interpreter === undefined ? Buffer.alloc(0) : Buffer.from(`${interpreter}\0`);
  const segments = interpreter === undefined ? 0 : 1;
  const align = (size: number): number => Math.ceil(size / 16) * 16;
  let at = align(headSize + segments * segmentSize + text.length);
  const offsets = contents.map((content) => {
    const offset = at;
    at = align(at + content.length);
    return offset;
  });
  const file = Buffer.alloc(at + names.length * sectionSize);
  const put = (offset: number, size: 2 | 4 | 8, value: number): void => {
    if (size === 8) {
      if (big) file.writeBigUInt64BE(BigInt(value), offset);
      else file.writeBigUInt64LE(BigInt(value), offset);
    } else if (big) file.writeUIntBE(value, offset, size);
    else file.writeUIntLE(value, offset, size);
  };
  const word = wide ? 8 : 4;
  file.write(`\x7fELF${String.fromCharCode(wide ? 2 : 1, big ? 2 : 1, 1)}`, 0, 'latin1');
  put(16, 2, type);
  put(18, 2, machine);
  put(wide ? 32 : 28, word, headSize);
  put(wide ? 40 : 32, word, at);
  put(wide ? 54 : 42, 2, segmentSize);
  put(wide ? 56 : 44, 2, segments);
  put(wide ? 58 : 46, 2, sectionSize);
  put(wide ? 60 : 48, 2, names.length);
  put(wide ? 62 : 50, 2, names.length - 1);
  if (segments > 0) {
    put(headSize, 4, 3);
    put(headSize + (wide ? 8 : 4), word, headSize + segmentSize);
    put(headSize + (wide ? 32 : 16), word, text.length);
    text.copy(file, headSize + segmentSize);
  }
  for (const [index, content] of contents.entries()) {
    content.copy(file, offsets[index]);
    const row = at + (index + 1) * sectionSize;
    put(row, 4, strings.indexOf(`${names[index + 1]}\0`));
    put(row + 4, 4, names[index + 1] === '.symtab' ? 2 : 1);
    put(row + (wide ? 24 : 16), word, offsets[index] ?? 0);
    put(row + (wide ? 32 : 20), word, content.length);
  }
  return file;
}

const varint = (value: number): readonly number[] =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >> 7)];

/** The section `.go.buildinfo` as Go 1.18 and later write it. */
export function buildInfo(version: string, lines: readonly string[]): Buffer {
  const mark = '0123456789abcdef';
  const modules = lines.length === 0 ? '' : `${mark}${lines.map((line) => `${line}\n`).join('')}${mark}`;
  const head = Buffer.alloc(32);
  head.write('\xff Go buildinf:', 'latin1');
  head[14] = 8;
  head[15] = 2;
  const text = (value: string): Buffer =>
    Buffer.concat([Buffer.from(varint(Buffer.byteLength(value))), Buffer.from(value)]);
  return Buffer.concat([head, text(version), text(modules)]);
}

/** A function table as Go 1.20 and later write it: names with the size of each function. */
export function functionTable(
  functions: readonly (readonly [name: string, size: number])[],
  magic = 0xfffffff1,
): Buffer {
  const head = Buffer.alloc(8 + 8 * 8);
  const names = Buffer.from(`${functions.map(([name]) => name).join('\0')}\0`);
  const pairs = Buffer.alloc((functions.length * 2 + 1) * 4);
  const records = Buffer.alloc(functions.length * 8);
  let entry = 0;
  let nameAt = 0;
  for (const [index, [name, size]] of functions.entries()) {
    pairs.writeUInt32LE(entry, index * 8);
    pairs.writeUInt32LE(pairs.length + index * 8, index * 8 + 4);
    records.writeUInt32LE(nameAt, index * 8 + 4);
    entry += size;
    nameAt += Buffer.byteLength(name) + 1;
  }
  pairs.writeUInt32LE(entry, functions.length * 8);
  head.writeUInt32LE(magic, 0);
  head[6] = 1;
  head[7] = 8;
  head.writeBigUInt64LE(BigInt(functions.length), 8);
  head.writeBigUInt64LE(BigInt(head.length), 8 + 3 * 8);
  head.writeBigUInt64LE(BigInt(head.length + names.length), 8 + 7 * 8);
  return Buffer.concat([head, names, pairs, records]);
}
