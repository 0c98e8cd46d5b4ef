import { remembered } from '../remembered.ts';
import {
  alpine,
  busybox,
  certificateFile,
  chainguard,
  debianLike,
  distroless,
  hasDigestAlone,
  nothingKnown,
  scratch,
  systemPath,
} from './base-facts.ts';
import { defaultAlpine, defaultDebian, splitGoTag } from './go-tag.ts';
import type { BaseImage, GoToolchain, ImageRef } from './model.ts';
import { officialName, parseImageRef } from './ref.ts';
import { stoppedTag } from './stopped-tags.ts';

const isWindows = (tag: string): boolean => /windowsservercore|nanoserver/.test(tag);

const osOf = (version: GoToolchain['version'], variant: string): string | undefined => {
  const named = /^alpine(\d+\.\d+)$/.exec(variant)?.[1];
  if (named) return named;
  if (variant === 'alpine') return version && defaultAlpine(version);
  return variant === '' ? version && defaultDebian(version) : variant;
};

/** The toolchain that a golang tag names. */
const toolchainOf = (tag: string): GoToolchain => {
  const { version, versionText, variant } = splitGoTag(tag);
  const stopped = versionText === '' || versionText === '1' ? stoppedTag(variant) : undefined;
  return { version: version ?? stopped?.version, variant, os: osOf(version, variant), stopped: stopped !== undefined };
};

const debianVariants = /^(?:|trixie|bookworm|bullseye|buster|stretch|jessie|wheezy)$/;

/** GOTOOLCHAIN=local came with the images of September 2023: with Go 1.21.2. */
const setsToolchain = ({ version, stopped }: GoToolchain): boolean => {
  if (!version) return !stopped;
  if (version.minor > 21) return true;
  return version.minor === 21 && (version.patch === undefined || version.patch >= 2);
};

const goEnv = (go: GoToolchain): Readonly<Record<string, string>> => ({
  PATH: `/go/bin:/usr/local/go/bin:${systemPath}`,
  GOPATH: '/go',
  ...(setsToolchain(go) ? { GOTOOLCHAIN: 'local' } : {}),
});

const golang = (ref: ImageRef): BaseImage => {
  const go = toolchainOf(ref.tag ?? 'latest');
  const isAlpine = go.variant.startsWith('alpine');
  const base = nothingKnown(ref, 'golang');
  if (hasDigestAlone(ref) || (!isAlpine && !debianVariants.test(go.variant))) return { ...base, go };
  return {
    ...base,
    libc: isAlpine ? 'musl' : 'glibc',
    shell: 'yes',
    cCompiler: isAlpine ? 'no' : 'yes',
    git: isAlpine ? 'no' : 'yes',
    caBundle: 'yes',
    zoneinfo: isAlpine ? 'no' : 'unknown',
    user: 'root',
    workdir: '/go',
    env: goEnv(go),
    users: { root: 0, nobody: 65534 },
    go,
    paths: [
      '/etc/passwd',
      '/etc/group',
      '/bin/sh',
      certificateFile,
      '/usr/local/go',
      '/usr/local/go/bin/go',
      '/usr/local/go/lib/time/zoneinfo.zip',
    ],
  };
};

const others: readonly RegExp[] = [
  /^mcr\.microsoft\.com\/(?:oss\/go\/microsoft\/golang|devcontainers\/go)$/,
  /^registry\.(?:access\.)?redhat\.(?:com|io)\/ubi\d+\/go-toolset$/,
  /^registry\.suse\.com\/bci\/golang$/,
];

/** A Go image of somebody else: only its version may be read, and its variant is the publisher's own. */
const otherGo = (ref: ImageRef): BaseImage | undefined => {
  const full = `${ref.registry}/${ref.repository}`;
  if (!others.some((pattern) => pattern.test(full))) return undefined;
  const { version, variant } = splitGoTag(ref.tag ?? '');
  return { ...nothingKnown(ref, 'other-go'), go: { version, variant, os: undefined, stopped: false } };
};

const official = (ref: ImageRef, name: string): BaseImage | undefined => {
  if (name === 'golang') return golang(ref);
  if (name === 'alpine') return alpine(ref);
  if (name === 'debian' || name === 'ubuntu') return debianLike(ref, name);
  return name === 'busybox' ? busybox(ref) : undefined;
};

/**
 * What is known of an image by its name; undefined for images nobody described, Windows variants and text that is no
 * reference. Details that only general knowledge vouches for, and that an error would rest on, are unknown. One object
 * for each name, as a rule.
 */
export const baseImage = remembered((reference): BaseImage | undefined => {
  const ref = parseImageRef(reference);
  if (!ref || isWindows(ref.tag ?? '')) return undefined;
  if (reference === 'scratch') return scratch(ref);
  const name = officialName(ref);
  if (name !== undefined) return official(ref, name);
  if (ref.registry === 'gcr.io' && ref.repository.startsWith('distroless/')) return distroless(ref);
  if (ref.registry === 'cgr.dev') return chainguard(ref);
  return otherGo(ref);
});
