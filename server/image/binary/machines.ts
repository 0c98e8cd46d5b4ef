import type { ElfFile } from './elf.ts';

/** A machine by e_machine: the words of `readelf -h`, and GOARCH for each byte order and width that Go has. */
interface Machine {
  readonly name: string;
  readonly goarch?: (file: Pick<ElfFile, 'bits' | 'little'>) => string | undefined;
}

const machines: Readonly<Record<number, Machine>> = {
  2: { name: 'Sparc' },
  3: { name: 'Intel 80386', goarch: () => '386' },
  8: {
    name: 'MIPS R3000',
    goarch: ({ bits, little }) => `mips${bits === 64 ? '64' : ''}${little ? 'le' : ''}`,
  },
  20: { name: 'PowerPC' },
  21: { name: 'PowerPC64', goarch: ({ little }) => (little ? 'ppc64le' : 'ppc64') },
  22: { name: 'IBM S/390', goarch: ({ bits }) => (bits === 64 ? 's390x' : undefined) },
  40: { name: 'ARM', goarch: () => 'arm' },
  62: { name: 'Advanced Micro Devices X86-64', goarch: ({ bits }) => (bits === 64 ? 'amd64' : undefined) },
  183: { name: 'AArch64', goarch: ({ bits }) => (bits === 64 ? 'arm64' : undefined) },
  243: { name: 'RISC-V', goarch: ({ bits }) => (bits === 64 ? 'riscv64' : undefined) },
  258: { name: 'LoongArch', goarch: ({ bits }) => (bits === 64 ? 'loong64' : undefined) },
};

/** The words of `readelf -h`; `machine N` for one that is not known. */
export const machineName = ({ machine }: ElfFile): string => machines[machine]?.name ?? `machine ${machine}`;

/** GOARCH of a file; undefined for a machine that Go does not have. */
export const goarchOf = (file: ElfFile): string | undefined => machines[file.machine]?.goarch?.(file);

/** Whether a platform's CPU (`amd64`, `arm/v7`) runs a file of this GOARCH as its own. */
export function platformFits(platform: string, goarch: string | undefined): boolean | undefined {
  const [os, architecture] = platform.split('/');
  if (!architecture || os !== 'linux') return undefined;
  if (goarch === undefined) return false;
  if (goarch === architecture) return true;
  // Kernels of 64 bits run programs of 32, but the image is then not what its platform says.
  return false;
}
