import { createHash } from 'node:crypto';
import type { GoModuleSize, GoReport } from '../report/binary-model.ts';
import { readBuildInfo } from './build-info.ts';
import type { Bytes } from './bytes.ts';
import { codeSizes } from './code-sizes.ts';
import { type ElfFile, hasSymbols, interpreterOf, isDebug, readElf, sectionNamed } from './elf.ts';
import { type Dynamic, readDynamic } from './elf-dynamic.ts';
import { goarchOf, machineName } from './machines.ts';

/** What is kept of an ELF file after its bytes are gone. */
export interface ElfFacts {
  readonly kind: 'elf';
  readonly bits: 32 | 64;
  readonly machine: string;
  readonly goarch: string | undefined;
  readonly type: ElfFile['kind'];
  readonly interpreter: string | undefined;
  readonly dynamic: Dynamic | undefined;
  readonly pie: boolean;
  readonly go: GoFacts | undefined;
}

/** Only of Go binaries that are no part of a Go toolchain. */
export interface GoFacts {
  readonly info: GoReport | undefined;
  readonly upx: boolean;
  readonly toolchain: boolean;
  readonly stripped: boolean;
  readonly withoutDebug: boolean;
  readonly strippable: number;
  readonly sections: readonly { readonly name: string; readonly size: number }[];
  readonly modules: readonly GoModuleSize[] | undefined;
  readonly sha256: string | undefined;
}

/** Reads a file that begins as ELF files do; undefined when it is none after all. Never throws. */
export function inspectElf(bytes: Bytes): ElfFacts | undefined {
  const file = readElf(bytes);
  if (!file) return undefined;
  const dynamic = readDynamic(file, bytes);
  const interpreter = interpreterOf(file, bytes);
  return {
    kind: 'elf',
    bits: file.bits,
    machine: machineName(file),
    goarch: goarchOf(file),
    type: file.kind,
    interpreter,
    dynamic,
    pie: file.kind === 'shared' && (interpreter !== undefined || dynamic?.pie === true),
    go: file.kind === 'other' ? undefined : goFacts(file, bytes),
  };
}

function goFacts(file: ElfFile, bytes: Bytes): GoFacts | undefined {
  const upx = isUpx(file, bytes);
  const info = readBuildInfo(file, bytes);
  const hasTable = ['.gopclntab', '.data.rel.ro.gopclntab', '.note.go.buildid'].some((name) =>
    sectionNamed(file, name),
  );
  if (!upx && !info && !hasTable) return undefined;
  const toolchain = info !== undefined && info.main === undefined && info.path.startsWith('cmd/');
  return {
    info,
    upx,
    toolchain,
    stripped: !hasSymbols(file),
    withoutDebug: !file.sections.some(isDebug),
    strippable: strippable(file),
    sections: file.sections.filter(({ size }) => size > 0).map(({ name, size }) => ({ name, size })),
    modules: toolchain ? undefined : codeSizes(file, bytes, info),
    sha256: toolchain ? undefined : sha256(bytes),
  };
}

/** UPX leaves no sections, and writes its mark behind the program headers. */
const isUpx = ({ sections }: ElfFile, bytes: Bytes): boolean =>
  sections.length === 0 && bytes.read(0, 1024).includes('UPX!');

/** What the linker leaves away with `-s`: symbols and debugging information. */
const strippable = ({ sections }: ElfFile): number =>
  sections
    .filter((section) => isDebug(section) || section.name === '.symtab' || section.name === '.strtab')
    .reduce((sum, { size }) => sum + size, 0);

function sha256(bytes: Bytes): string {
  const hash = createHash('sha256');
  const piece = 1024 * 1024;
  for (let at = 0; at < bytes.size; at += piece) hash.update(bytes.read(at, piece));
  return hash.digest('hex');
}
