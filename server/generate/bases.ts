import type { FinalBase, Option } from '../protocol.ts';
import type { CgoNeed } from './cgo.ts';
import { finalImage } from './images.ts';

/** What a base adds to a program, measured on {@link sizesDate}. */
interface BaseFacts {
  /** Megabytes that a pull brings beside the program, compressed. */
  readonly megabytes: number;
  readonly libc: 'glibc' | 'musl' | undefined;
  readonly shell: boolean;
  readonly brings: string;
}

/** ISO date of the sizes: published manifests, and distroless rebuilt from the same Debian packages. */
const sizesDate = '2026-11-21';

const table: Readonly<Record<FinalBase, BaseFacts>> = {
  scratch: { megabytes: 0, libc: undefined, shell: false, brings: 'nothing but what is copied in' },
  'chainguard-static': {
    megabytes: 0.8,
    libc: undefined,
    shell: false,
    brings: 'certificates, a user that is not root',
  },
  'distroless-static': {
    megabytes: 0.9,
    libc: undefined,
    shell: false,
    brings: 'certificates, time zones, /tmp, a user that is not root',
  },
  alpine: { megabytes: 3.8, libc: 'musl', shell: true, brings: 'certificates, apk' },
  'distroless-base': {
    megabytes: 9.7,
    libc: 'glibc',
    shell: false,
    brings: 'certificates, time zones, OpenSSL, a user that is not root',
  },
  'distroless-cc': {
    megabytes: 10.9,
    libc: 'glibc',
    shell: false,
    brings: 'libstdc++, certificates, time zones, a user that is not root',
  },
  debian: { megabytes: 29.8, libc: 'glibc', shell: true, brings: 'apt' },
};

/** The consequence of a base in one line. */
const baseDetail = (base: FinalBase): string => {
  const { megabytes, libc, shell, brings } = table[base];
  const size = megabytes === 0 ? 'adds nothing to the program' : `adds about ${megabytes} MB to a pull (${sizesDate})`;
  return `${size}; ${shell ? 'a shell' : 'no shell'}; ${libc ?? 'no libc'}; ${brings}`;
};

const ofStatic = ['distroless-static', 'scratch', 'alpine', 'chainguard-static', 'debian', 'distroless-base'] as const;

const fitting = (cgo: CgoNeed | undefined, runLibraries: boolean): readonly FinalBase[] => {
  if (!cgo) return ofStatic;
  if (runLibraries) return ['debian', 'alpine'];
  return cgo.cxx ? ['distroless-cc', 'debian', 'alpine'] : ['distroless-base', 'debian', 'alpine', 'distroless-cc'];
};

/** The bases a program can run on, the usual one first. `runLibraries`: its C code is linked with libraries of the distribution. */
export const basesFor = (cgo: CgoNeed | undefined, runLibraries: boolean): readonly Option<FinalBase>[] =>
  fitting(cgo, runLibraries).map((id) => ({ id, label: finalImage(id), detail: baseDetail(id) }));
