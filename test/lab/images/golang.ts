import { mkdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Engine } from '../engine.ts';
import { mustRun } from '../process.ts';
import { layerImage, workshop } from './store.ts';

/** A Linux tag of the official golang image, as docker-library publishes them. */
export interface GolangTag {
  /** Full version of the toolchain, `1.26.11`. */
  readonly version: string;
  readonly variant: 'bookworm' | 'trixie' | 'alpine';
}

/** The newest patch of each minor that the lab builds with, and the Debian of the tag without a variant. */
const minors: Readonly<Record<string, { readonly patch: number; readonly suite: 'bookworm' | 'trixie' }>> = {
  '1.19': { patch: 13, suite: 'bookworm' },
  '1.20': { patch: 14, suite: 'bookworm' },
  '1.21': { patch: 13, suite: 'bookworm' },
  '1.22': { patch: 12, suite: 'bookworm' },
  '1.23': { patch: 12, suite: 'trixie' },
  '1.24': { patch: 13, suite: 'trixie' },
  '1.25': { patch: 14, suite: 'trixie' },
  '1.26': { patch: 11, suite: 'trixie' },
  '1.27': { patch: 4, suite: 'trixie' },
};
const newest = '1.27';

const grammar = /^(?<version>1(?:\.\d+(?:\.\d+)?)?)?-?(?<variant>bookworm|trixie|alpine(?:3\.\d+)?)?$/;

/** Reads a tag; undefined for one that docker-library never published, or that the lab does not know. */
export const parseGolangTag = (tag: string): GolangTag | undefined => {
  const groups = grammar.exec(tag === 'latest' ? '' : tag)?.groups;
  if (!groups || tag.endsWith('-')) return undefined;
  const written = groups.version ?? '1';
  const [, minorNumber, patchNumber] = written.split('.');
  const minor = minorNumber ? `1.${minorNumber}` : newest;
  const known = minors[minor];
  if (!known) return undefined;
  const patch = patchNumber === undefined ? known.patch : Number(patchNumber);
  if (patch > known.patch) return undefined;
  const variant = groups.variant ?? known.suite;
  if (variant === 'trixie' && known.suite === 'bookworm') return undefined;
  const version = `${minor}.${patch}`;
  return { version, variant: variant.startsWith('alpine') ? 'alpine' : variant === 'trixie' ? 'trixie' : 'bookworm' };
};

/** Modules that the programs of the lab need; the images serve them from a folder, because a container has no network. */
const modules = ['github.com/google/uuid@v1.6.0'];
const proxyInImage = '/var/lib/lab-proxy';

/**
 * What is compiled ahead, so that a build does not start from nothing: all of the standard library for the toolchain most
 * cases use, and what a web server needs for those of the seeds.
 */
const compiledAhead: Readonly<Record<string, readonly string[]>> = {
  '1.26.11-trixie': ['CGO_ENABLED=0 go build std', 'CGO_ENABLED=1 go build std', 'GOARCH=arm64 go build fmt'],
  '1.26.11-alpine': ['CGO_ENABLED=0 go build std'],
  '1.22.12-alpine': ['go build net/http'],
  '1.22.12-bookworm': ['CGO_ENABLED=1 go build net/http'],
  '1.21.13-bookworm': ['CGO_ENABLED=0 go build net/http', 'CGO_ENABLED=1 go build net/http'],
};

/** Copies a toolchain; the modules it was fetched into do not stay, for each has three hundred megabytes. */
const copyToolchain = async (version: string, to: string): Promise<void> => {
  const modules = `${to}-modules`;
  const env = { GOTOOLCHAIN: `go${version}`, GOMODCACHE: modules, GOFLAGS: '-modcacherw' };
  const goroot = await mustRun('go', ['env', 'GOROOT'], { cwd: workshop, env });
  await mustRun('cp', ['--recursive', goroot, to]);
  await rm(modules, { recursive: true, force: true });
};

const fillProxy = async (): Promise<string> => {
  const cache = resolve(workshop, 'modules');
  await mkdir(cache, { recursive: true });
  const env = { GOMODCACHE: cache, GOFLAGS: '-modcacherw' };
  await mustRun('go', ['mod', 'download', ...modules], { cwd: cache, env });
  return resolve(cache, 'cache/download');
};

const warmUp = ({ version, variant }: GolangTag): readonly string[] =>
  (compiledAhead[`${version}-${variant}`] ?? []).map((command) => `RUN ${command}`);

const toolchainLines = (version: string): readonly string[] => [
  'COPY toolchain /usr/local/go',
  `COPY proxy ${proxyInImage}`,
  // The images of old versions do not read go.env; no case of theirs has modules.
  `RUN printf 'GOPROXY=file://${proxyInImage}\\nGOSUMDB=off\\nGOTOOLCHAIN=local\\n' >/usr/local/go/go.env`,
  `ENV GOLANG_VERSION=${version} GOTOOLCHAIN=local GOPATH=/go PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
  'RUN mkdir -p /go/src /go/bin && chmod -R 1777 /go',
  'WORKDIR /go',
];

const isOld = ({ version, variant }: GolangTag): boolean => variant === 'alpine' && Number(version.split('.')[1]) < 21;

/**
 * The go command of old releases is linked with glibc. The image for Alpine has one compiled for musl; here it is
 * compiled without cgo, which works on both.
 */
const makeStatic = async (root: string): Promise<void> => {
  const env = { CGO_ENABLED: '0', GOROOT: root, GOTOOLCHAIN: 'local', GOFLAGS: '' };
  await mustRun(resolve(root, 'bin/go'), ['build', '-o', resolve(root, 'bin/go.static'), 'cmd/go'], { env });
  await mustRun('mv', [resolve(root, 'bin/go.static'), resolve(root, 'bin/go')]);
};

const context = async (tag: GolangTag, base: string): Promise<string> => {
  const folder = resolve(workshop, `golang-${tag.version}-${tag.variant}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await mustRun('cp', ['--recursive', '--link', await fillProxy(), resolve(folder, 'proxy')]);
  await copyToolchain(tag.version, resolve(folder, 'toolchain'));
  if (isOld(tag)) await makeStatic(resolve(folder, 'toolchain'));
  const command = tag.variant === 'alpine' ? 'CMD ["/bin/sh"]' : 'CMD ["bash"]';
  const lines = [`FROM ${base}`, ...toolchainLines(tag.version), ...warmUp(tag), command];
  await writeFile(resolve(folder, 'Dockerfile'), `${lines.join('\n')}\n`);
  return folder;
};

/** Makes the golang image of a tag on top of a Debian or an Alpine that the lab has made. */
export const makeGolang = async (engine: Engine, tag: GolangTag, base: string): Promise<string> => {
  const name = `golang-${tag.version}-${tag.variant}`;
  const folder = resolve(workshop, name);
  const words = [
    tag.version,
    tag.variant,
    base,
    ...toolchainLines(tag.version),
    ...modules,
    ...warmUp(tag),
    ...(isOld(tag) ? ['static go'] : []),
  ];
  const dockerfile = async (): Promise<string> => resolve(await context(tag, base), 'Dockerfile');
  const image = await layerImage(engine, name, folder, dockerfile, words);
  await rm(folder, { recursive: true, force: true });
  return image;
};
