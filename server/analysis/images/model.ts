import type { GoVersion } from '../go/model.ts';
import type { Tri } from '../known.ts';

/** An image reference split as Docker splits it: `registry/repository:tag@digest`. */
export interface ImageRef {
  readonly raw: string;
  /** `docker.io` when not written. */
  readonly registry: string;
  /** `library/golang` is written `golang`. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

export type ImageFamily =
  | 'scratch'
  | 'golang'
  | 'alpine'
  | 'debian'
  | 'ubuntu'
  | 'busybox'
  | 'distroless-static'
  | 'distroless-base'
  | 'distroless-cc'
  | 'chainguard-static'
  | 'chainguard-glibc'
  | 'chainguard-go'
  | 'other-go';

export type Libc = 'glibc' | 'musl' | 'none' | 'unknown';

/** What is known of a base image before any instruction runs. */
export interface BaseImage {
  readonly ref: ImageRef;
  readonly family: ImageFamily;
  readonly libc: Libc;
  readonly shell: Tri;
  readonly cCompiler: Tri;
  readonly git: Tri;
  readonly caBundle: Tri;
  readonly zoneinfo: Tri;
  /** The default user as Docker writes it in the image; undefined when not known. `root` and `0` are root. */
  readonly user: string | undefined;
  readonly workdir: string | undefined;
  /** The environment it surely sets (PATH, GOPATH, GOTOOLCHAIN …); undefined when not known. */
  readonly env: Readonly<Record<string, string>> | undefined;
  /** Names in /etc/passwd that are known to exist, with their uid. */
  readonly users: Readonly<Record<string, number>>;
  /** Present for Go toolchain images. */
  readonly go: GoToolchain | undefined;
  /** Folders or files that surely exist in the image and are asked for by Dockerfiles (`/usr/local/go`, `/etc/ssl/certs/ca-certificates.crt` …). */
  readonly paths: readonly string[];
}

export interface GoToolchain {
  /** Undefined for `latest`, `1`, `tip`, and tags that are not understood; for `stretch` the last that was published for it. */
  readonly version: GoVersion | undefined;
  /** `bookworm`, `alpine3.22`, `alpine`, `windowsservercore-…` or `''` for the default Debian. */
  readonly variant: string;
  /** Debian or Alpine release the variant means, such as `trixie` or `3.24`; undefined when not known. */
  readonly os: string | undefined;
  /** The tag has no version and names a release for which no new Go is published: the newest Go is not behind it. */
  readonly stopped: boolean;
}
