/** A text that a container prints when it does not start or work, and what it means. `$1` is what the text names. */
interface Known {
  readonly text: RegExp;
  readonly says: string;
}

const known: readonly Known[] = [
  {
    text: /exec (\S+): no such file or directory/,
    says: '$1 is there, but the loader or interpreter it asks for is not: link it statically (CGO_ENABLED=0), or take a base image with its libc.',
  },
  { text: /sh: (\S+): not found/, says: '$1, or the loader it asks for, is not in the image.' },
  {
    text: /exec (\S+): exec format error/,
    says: '$1 is for another machine, or no program at all: build it for the platform of the image.',
  },
  {
    text: /exec: "([^"]+)": stat [^:]+: no such file or directory/,
    says: '$1 is not in the image: check the path of COPY and ENTRYPOINT.',
  },
  { text: /exec: "([^"]+)": executable file not found in \$PATH/, says: '$1 is in no folder of PATH.' },
  {
    text: /exec:? "?([^"\s:]+)"?: (?:is a directory: )?permission denied/,
    says: '$1 is a folder, or the user of the container may not execute it: COPY --chmod=0755.',
  },
  {
    text: /unable to find user (\S+?):/,
    says: 'The user $1 is not in /etc/passwd of the image: write USER with a number.',
  },
  {
    text: /error while loading shared libraries: (\S+?):/,
    says: 'The library $1 is not in the image: link statically, or copy it.',
  },
  {
    text: /Error loading shared library (\S+?):/,
    says: 'The library $1 is not in the image: link statically, or install it.',
  },
  {
    text: /version [`'"](GLIBC_[\d.]+)' not found/,
    says: 'It was built with a newer glibc than the image has ($1): build on the release of the base image, or link statically.',
  },
  {
    text: /x509: certificate signed by unknown authority/,
    says: 'There are no CA certificates in the image: copy /etc/ssl/certs/ca-certificates.crt.',
  },
  {
    text: /unknown time zone (\S+)/,
    says: 'There are no time zones in the image: build with -tags timetzdata, or copy /usr/share/zoneinfo.',
  },
  {
    text: /(?:open|mkdir|create) (\S+): read-only file system/,
    says: 'It writes to $1, and here the root file system is read-only: give it a volume or a tmpfs.',
  },
  {
    text: /open (\/tmp\/\S*): no such file or directory/,
    says: 'There is no /tmp in the image: copy one with mode 1777, or mount a tmpfs.',
  },
  {
    text: /listen tcp \S*:(\d+): bind: permission denied/,
    says: 'Without rights it may not listen on port $1: take one from 1024 on.',
  },
  {
    text: /(?:open|mkdir|create|stat) (\S+): permission denied/,
    says: 'The user of the container may not use $1: COPY --chown, or another user.',
  },
  { text: /user: Current requires cgo or \$USER/, says: 'The user has no entry in /etc/passwd of the image.' },
  { text: /open \/etc\/passwd: no such file or directory/, says: 'There is no /etc/passwd in the image: copy one.' },
  { text: /exec: "([^"]+)": executable file not found/, says: 'It starts $1, which is not in the image.' },
  {
    text: /lookup tcp\/(\S+): unknown port/,
    says: 'There is no /etc/services in the image: write the port of $1 as a number.',
  },
  {
    text: /dial tcp[^\n]*(?:network is unreachable|no such host)|lookup (\S+)[^\n]*(?:no such host|server misbehaving)/,
    says: 'It asked for the network, which it does not have here.',
  },
  {
    text: /fatal error: runtime: (?:cannot allocate memory|out of memory)/,
    says: 'It needs more memory than it has here.',
  },
];

/** One sentence when the output has a known failure. */
export function explainStart(output: string, code: number | undefined): string | undefined {
  for (const { text, says } of known) {
    const match = text.exec(output);
    if (match) return says.replace('$1', () => match[1] ?? '');
  }
  return code === 137 ? 'It was killed, most likely because it needs more memory than it has here.' : undefined;
}
