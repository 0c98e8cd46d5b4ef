import { readFile } from 'node:fs/promises';
import type { Cell } from './cells.ts';

const programInterpreter = 3;

/** The path of the program interpreter of a 64-bit little-endian ELF file; undefined when it asks for none. */
const interpreterOf = (file: Buffer): string | undefined => {
  const table = Number(file.readBigUInt64LE(32));
  const size = file.readUInt16LE(54);
  const count = file.readUInt16LE(56);
  for (let index = 0; index < count; index += 1) {
    const at = table + index * size;
    if (file.readUInt32LE(at) !== programInterpreter) continue;
    const start = Number(file.readBigUInt64LE(at + 8));
    return file.toString('latin1', start, start + Number(file.readBigUInt64LE(at + 32)) - 1);
  }
  return undefined;
};

/** How the file at a path is linked; `no-build` without a file. */
export const linkageOfFile = async (path: string): Promise<Cell['linkage']> => {
  const file = await readFile(path).catch(() => undefined);
  if (!file) return 'no-build';
  const interpreter = interpreterOf(file);
  if (!interpreter) return 'static';
  return interpreter.includes('musl') ? 'musl' : 'glibc';
};
