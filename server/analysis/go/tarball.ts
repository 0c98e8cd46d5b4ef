/** Behind the address: version, system (Linux or a variable) and architecture. */
const tarball =
  /^https?:\/\/(?:go\.dev\/dl|golang\.org\/dl|dl\.google\.com\/go|storage\.googleapis\.com\/golang)\/go(\S*)\.(?:linux|\$\w+|\$\{[^{}]+\}|\$\([^()]+\))-(\S+|\$\([^()]+\))\.tar\.gz$/;

/** A tarball of Go for Linux; variables and commands stay as written. */
export interface GoTarball {
  readonly version: string;
  readonly arch: string;
}

/** The tarball of the Go project that an address names, its variables not expanded. */
export const goTarballAt = (address: string): GoTarball | undefined => {
  const [, version, arch] = tarball.exec(address) ?? [];
  return version === undefined || arch === undefined ? undefined : { version, arch };
};
