/** One `go build` and how its binary is linked. `no-build`: the command fails. */
export interface Cell {
  readonly base: 'glibc' | 'musl' | 'musl with gcc' | 'Go 1.19';
  /** Import path of the only package that the program imports. */
  readonly imports: string;
  /** Environment prefix of the command. */
  readonly env: readonly string[];
  /** Flags of go build. */
  readonly flags: readonly string[];
  readonly linkage: 'static' | 'glibc' | 'musl' | 'no-build';
  /** The verdict of the trace where it differs, because the machine that builds decides: arm64 may be its own. */
  readonly verdict?: 'unknown' | 'glibc';
}

/** The images behind the bases, and what is installed in them first. */
export const bases: Readonly<Record<Cell['base'], { readonly image: string; readonly packages: readonly string[] }>> = {
  glibc: { image: 'golang:1.26', packages: [] },
  musl: { image: 'golang:1.26-alpine', packages: [] },
  'musl with gcc': { image: 'golang:1.26-alpine', packages: ['gcc', 'musl-dev'] },
  'Go 1.19': { image: 'golang:1.19', packages: [] },
};

type Ways = Pick<Cell, 'env' | 'flags'>;

const plain: Ways = { env: [], flags: [] };
const env = (...words: readonly string[]): Ways => ({ env: words, flags: [] });
const flags = (...words: readonly string[]): Ways => ({ env: [], flags: words });
const without = (...words: readonly string[]): Ways => ({ env: ['CGO_ENABLED=0'], flags: words });

const cells =
  (base: Cell['base'], linkage: Cell['linkage'], ways: Ways) =>
  (...imports: readonly string[]): readonly Cell[] =>
    imports.map((path) => ({ base, imports: path, linkage, ...ways }));

const onAnyMachine = (linkage: Cell['linkage'], verdict: 'unknown' | 'glibc', ways: Ways): readonly Cell[] =>
  cells('glibc', linkage, ways)('net/http').map((cell) => ({ ...cell, verdict }));

const external = '-ldflags=-linkmode external -extldflags "-static"';

const onGlibc: readonly Cell[] = [
  ...cells('glibc', 'static', plain)('fmt', 'database/sql', 'net/url', 'log/slog'),
  ...cells('glibc', 'glibc', plain)('net', 'net/http', 'crypto/x509', 'os/user', 'archive/tar', 'mime/multipart'),
  ...cells('glibc', 'glibc', plain)('net/mail', 'expvar', 'plugin', 'runtime/cgo', 'C'),
  ...cells('glibc', 'static', without())('net/http', 'os/user', 'plugin'),
  ...cells('glibc', 'no-build', without())('runtime/cgo', 'C'),
  ...cells('glibc', 'static', flags('-tags=netgo,osusergo'))('net/http', 'os/user', 'archive/tar'),
  ...cells('glibc', 'static', flags('-tags', 'netgo'))('net/http'),
  ...cells('glibc', 'glibc', flags('-tags', 'osusergo'))('net/http'),
  ...cells('glibc', 'glibc', flags('-tags=netgo,osusergo'))('plugin', 'C'),
  ...cells('glibc', 'glibc', flags('-ldflags=-extldflags "-static"'))('net/http'),
  ...cells('glibc', 'static', flags('-ldflags=-extldflags "-static"'))('C'),
  ...cells('glibc', 'static', flags(external))('net/http'),
  ...cells('glibc', 'static', without('-a', '-installsuffix', 'cgo'))('net/http'),
  ...cells('glibc', 'static', without('-ldflags=-s -w -extldflags "-static"'))('net/http'),
  ...cells('glibc', 'no-build', without(external))('net/http'),
  ...cells('glibc', 'glibc', without('-buildmode=pie'))('fmt'),
  ...cells('glibc', 'glibc', flags('-race'))('fmt'),
  ...onAnyMachine('static', 'unknown', env('GOARCH=arm64')),
  ...onAnyMachine('no-build', 'glibc', env('GOARCH=arm64', 'CGO_ENABLED=1')),
];

const onMusl: readonly Cell[] = [
  ...cells('musl', 'static', plain)('fmt', 'net/http', 'os/user', 'plugin'),
  ...cells('musl', 'no-build', plain)('C'),
  ...cells('musl', 'static', env('CGO_ENABLED=1'))('fmt'),
  ...cells('musl', 'no-build', env('CGO_ENABLED=1'))('net/http'),
  ...cells('musl with gcc', 'static', plain)('fmt'),
  ...cells('musl with gcc', 'musl', plain)('net/http', 'os/user', 'C'),
  ...cells('musl with gcc', 'static', without())('net/http'),
  ...cells('musl with gcc', 'static', flags('-tags=netgo'))('net/http'),
  ...cells('musl with gcc', 'static', flags('-ldflags=-extldflags "-static"'))('C'),
];

const onOld: readonly Cell[] = [
  ...cells('Go 1.19', 'static', plain)('fmt'),
  ...cells('Go 1.19', 'glibc', plain)('net/http'),
  ...cells('Go 1.19', 'static', without())('net/http'),
];

/** Everything the link verdict of the trace is checked against. */
export const linkCells: readonly Cell[] = [...onGlibc, ...onMusl, ...onOld];
