import type { GoVersion } from '../analysis/go/model.ts';
import { compareGoVersions, parseGoVersion } from '../analysis/go/version.ts';
import { baseImage } from '../analysis/images/base-image.ts';
import { alpineReleases, debianReleases } from '../analysis/images/end-of-life.ts';
import { golangTagVerdict } from '../analysis/images/golang.ts';
import type { BaseImage } from '../analysis/images/model.ts';
import { goVersionToPin } from '../analysis/images/pinned.ts';
import { parseImageRef } from '../analysis/images/ref.ts';
import type { FinalBase } from '../protocol.ts';

const debian = debianReleases[0];
const alpine = [...alpineReleases.keys()][0] ?? '';

const references: Readonly<Record<FinalBase, string>> = {
  scratch: 'scratch',
  'distroless-static': `gcr.io/distroless/static-debian${debian?.number ?? ''}:nonroot`,
  'chainguard-static': 'cgr.dev/chainguard/static:latest',
  'distroless-base': `gcr.io/distroless/base-debian${debian?.number ?? ''}:nonroot`,
  'distroless-cc': `gcr.io/distroless/cc-debian${debian?.number ?? ''}:nonroot`,
  alpine: `alpine:${alpine}`,
  debian: `debian:${debian?.codename ?? ''}-slim`,
};

/** The image of the last stage, with a tag that says its release where the publisher has such tags. */
export const finalImage = (base: FinalBase): string => references[base];

/** What is known of that image. */
export const finalFacts = (base: FinalBase): BaseImage | undefined => baseImage(finalImage(base));

const surely = (tag: string): boolean => {
  const ref = parseImageRef(`golang:${tag}`);
  return ref !== undefined && golangTagVerdict(ref).verdict === 'exists';
};

/** The newest of the `go` lines; undefined when none can be read. */
export const newestGoLine = (goLines: readonly (string | undefined)[]): GoVersion | undefined =>
  goLines
    .flatMap((line) => (line === undefined ? [] : (parseGoVersion(line) ?? [])))
    .sort(compareGoVersions)
    .at(-1);

/**
 * The golang image for a `go` line. C code needs the libc of the last stage: Alpine's for `alpine`, else the very Debian
 * release the last stage has.
 */
export const builderImage = (goLine: GoVersion | undefined, cgo: boolean, base: FinalBase): string => {
  const version = goVersionToPin(goLine);
  if (!cgo) return `golang:${version}`;
  if (base === 'alpine') {
    const exact = `${version}-alpine${alpine}`;
    return `golang:${surely(exact) ? exact : `${version}-alpine`}`;
  }
  const exact = `${version}-${debian?.codename ?? ''}`;
  return `golang:${surely(exact) ? exact : version}`;
};
