import type { GoVersion } from './model.ts';

const pattern = /^(?:go)?(0|[1-9]\d*)\.(0|[1-9]\d*)(?:\.(0|[1-9]\d*)|((?:alpha|beta|rc)(?:0|[1-9]\d*)))?(?:[-+ ].*)?$/;

/** Reads `1.24`, `1.24rc1`, `1.24.0`, `go1.22`, `go1.22.3-acme`; undefined for anything else (`1`, `v1.22`, `tip`). */
export const parseGoVersion = (text: string): GoVersion | undefined => {
  const match = pattern.exec(text.trim());
  if (!match) return undefined;
  const [, major, minor, patch, pre] = match;
  return { major: Number(major), minor: Number(minor), patch: patch === undefined ? undefined : Number(patch), pre };
};

/** Before Go 1.21 a first release had no `.0`: there `1.20` is `1.20.0`, from 1.21 on `1.21` is older than `1.21rc1`. */
const patchOf = ({ major, minor, patch, pre }: GoVersion): number => {
  if (patch !== undefined) return patch;
  return pre === undefined && (major < 1 || (major === 1 && minor < 21)) ? 0 : -1;
};

const kinds = ['', 'alpha', 'beta', 'rc'];

const preOf = (pre: string | undefined): readonly [number, number] => {
  const match = /^([a-z]+)(\d+)$/.exec(pre ?? '');
  return match ? [kinds.indexOf(match[1] ?? ''), Number(match[2])] : [0, 0];
};

const key = (version: GoVersion): readonly number[] => [
  version.major,
  version.minor,
  patchOf(version),
  ...preOf(version.pre),
];

/** Negative, zero or positive, by Go's own order: 1.24 < 1.24rc1 < 1.24.0 < 1.24.1 (go.dev/doc/toolchain#version). */
export const compareGoVersions = (left: GoVersion, right: GoVersion): number => {
  const other = key(right);
  for (const [index, part] of key(left).entries()) {
    const difference = part - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** `1.24`, `1.24rc1` or `1.24.0`, without `go`. */
export const formatGoVersion = ({ major, minor, patch, pre }: GoVersion): string =>
  `${major}.${minor}${patch === undefined ? '' : `.${patch}`}${pre ?? ''}`;
