import type { BaseImage, ImageRef } from './model.ts';

/** What every unfamiliar detail of an image starts as. */
export const nothingKnown = (ref: ImageRef, family: BaseImage['family']): BaseImage => ({
  ref,
  family,
  libc: 'unknown',
  shell: 'unknown',
  cCompiler: 'unknown',
  git: 'unknown',
  caBundle: 'unknown',
  zoneinfo: 'unknown',
  user: undefined,
  workdir: undefined,
  env: undefined,
  users: {},
  go: undefined,
  paths: [],
});

/** A digest without a tag may be that of any tag. */
export const hasDigestAlone = ({ tag, digest }: ImageRef): boolean => tag === undefined && digest !== undefined;

export const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export const certificateFile = '/etc/ssl/certs/ca-certificates.crt';

const accounts = ['/etc/passwd', '/etc/group'];

/** scratch is empty: no shell, no user table, no certificates. */
export const scratch = (ref: ImageRef): BaseImage => ({
  ...nothingKnown(ref, 'scratch'),
  libc: 'none',
  shell: 'no',
  cCompiler: 'no',
  git: 'no',
  caBundle: 'no',
  zoneinfo: 'no',
  user: '0',
  workdir: '/',
  env: {},
});

const systemUsers = { root: 0, nobody: 65534 };

/** Debian and Ubuntu: glibc, a shell; that they bring no certificates and no compiler is general knowledge. */
export const debianLike = (ref: ImageRef, family: 'debian' | 'ubuntu'): BaseImage => ({
  ...nothingKnown(ref, family),
  libc: 'glibc',
  shell: 'yes',
  cCompiler: 'no',
  git: 'no',
  caBundle: 'no',
  user: 'root',
  workdir: '/',
  env: { PATH: systemPath },
  users: systemUsers,
  paths: [...accounts, '/bin/sh'],
});

export const alpine = (ref: ImageRef): BaseImage => ({
  ...nothingKnown(ref, 'alpine'),
  libc: 'musl',
  shell: 'yes',
  cCompiler: 'no',
  git: 'no',
  zoneinfo: 'no',
  user: 'root',
  workdir: '/',
  env: { PATH: systemPath },
  users: systemUsers,
  paths: [...accounts, '/bin/sh'],
});

const busyboxLibc = (tag: string): BaseImage['libc'] => {
  if (/(?:^|-)musl$/.test(tag)) return 'musl';
  if (/(?:^|-)glibc$/.test(tag)) return 'glibc';
  return 'unknown';
};

/** busybox: static programs; which libc lies beside them is said by the tag only. */
export const busybox = (ref: ImageRef): BaseImage => ({
  ...nothingKnown(ref, 'busybox'),
  libc: busyboxLibc(ref.tag ?? ''),
  shell: 'yes',
  cCompiler: 'no',
  git: 'no',
  caBundle: 'no',
  zoneinfo: 'no',
  user: 'root',
  workdir: '/',
  env: { PATH: systemPath },
  users: { root: 0 },
  paths: [...accounts, '/bin/sh'],
});

const distrolessFamilies: Readonly<Record<string, 'distroless-static' | 'distroless-base' | 'distroless-cc'>> = {
  static: 'distroless-static',
  base: 'distroless-base',
  'base-nossl': 'distroless-base',
  cc: 'distroless-cc',
};

/** gcr.io/distroless/{static,base,base-nossl,cc}[-debianN]; undefined for the language images. */
export const distroless = (ref: ImageRef): BaseImage | undefined => {
  const name = ref.repository.replace(/^distroless\//, '').replace(/-debian\d+$/, '');
  const family = distrolessFamilies[name];
  if (!family) return undefined;
  const words = (ref.tag ?? 'latest').split('-');
  const debug = words.includes('debug');
  const nonroot = words.includes('nonroot');
  const unnamed = hasDigestAlone(ref);
  return {
    ...nothingKnown(ref, family),
    libc: family === 'distroless-static' ? 'none' : 'glibc',
    shell: unnamed ? 'unknown' : debug ? 'yes' : 'no',
    cCompiler: 'no',
    git: 'no',
    caBundle: 'yes',
    zoneinfo: 'yes',
    user: unnamed ? undefined : nonroot ? '65532' : '0',
    workdir: unnamed ? undefined : nonroot ? '/home/nonroot' : '/',
    env: { PATH: debug || unnamed ? `${systemPath}:/busybox` : systemPath, SSL_CERT_FILE: certificateFile },
    users: { ...systemUsers, nonroot: 65532 },
    paths: [
      ...accounts,
      certificateFile,
      '/etc/nsswitch.conf',
      '/etc/services',
      '/home/nonroot',
      '/usr/share/zoneinfo',
    ],
  };
};

/** cgr.dev/chainguard/{static,glibc-dynamic,go}; what their pages do not state is unknown. */
export const chainguard = (ref: ImageRef): BaseImage | undefined => {
  const name = ref.repository.split('/').at(-1);
  const dev = /(?:^|-)dev$/.test(ref.tag ?? '');
  if (name === 'static') {
    return { ...nothingKnown(ref, 'chainguard-static'), libc: 'none', shell: 'no', caBundle: 'yes', user: '65532' };
  }
  if (name === 'glibc-dynamic') {
    const shell = dev ? 'unknown' : 'no';
    return { ...nothingKnown(ref, 'chainguard-glibc'), libc: 'glibc', shell, user: dev ? undefined : '65532' };
  }
  if (name === 'go') {
    return {
      ...nothingKnown(ref, 'chainguard-go'),
      go: { version: undefined, variant: '', os: undefined, stopped: false },
    };
  }
  return undefined;
};
