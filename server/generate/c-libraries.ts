import type { LibraryPackages } from '../analysis/go/system-libraries.ts';

/** The packages of a C library by distribution. */
interface CLibrary {
  readonly alpine: LibraryPackages;
  readonly debian: LibraryPackages;
}

const entry = (debianBuild: string, debianRun: string, alpineBuild: string, alpineRun: string): CLibrary => ({
  debian: { build: [debianBuild], run: [debianRun] },
  alpine: { build: [alpineBuild, 'pkgconf'], run: [alpineRun] },
});

const inLibc: CLibrary = { debian: { build: [], run: [] }, alpine: { build: [], run: [] } };
const ssl = entry('libssl-dev', 'libssl3t64', 'openssl-dev', 'openssl');
const zlib = entry('zlib1g-dev', 'zlib1g', 'zlib-dev', 'zlib');
const sqlite = entry('libsqlite3-dev', 'libsqlite3-0', 'sqlite-dev', 'sqlite-libs');
const curl = entry('libcurl4-openssl-dev', 'libcurl4t64', 'curl-dev', 'libcurl');
const xml = entry('libxml2-dev', 'libxml2', 'libxml2-dev', 'libxml2');
const png = entry('libpng-dev', 'libpng16-16t64', 'libpng-dev', 'libpng');
const jpeg = entry('libjpeg62-turbo-dev', 'libjpeg62-turbo', 'libjpeg-turbo-dev', 'libjpeg-turbo');
const pcap = entry('libpcap-dev', 'libpcap0.8t64', 'libpcap-dev', 'libpcap');
const zstd = entry('libzstd-dev', 'libzstd1', 'zstd-dev', 'zstd-libs');

/** By the name after `-l` and by that of pkg-config; Debian's are those of trixie, 2026-11-25, Alpine's from aports. */
const libraries: ReadonlyMap<string, CLibrary> = new Map([
  ...['m', 'dl', 'pthread', 'rt', 'c', 'util', 'resolv', 'stdc++', 'gcc'].map((name) => [name, inLibc] as const),
  ...['z', 'zlib'].map((name) => [name, zlib] as const),
  ...['ssl', 'crypto', 'openssl', 'libssl', 'libcrypto'].map((name) => [name, ssl] as const),
  ...['sqlite3'].map((name) => [name, sqlite] as const),
  ...['curl', 'libcurl'].map((name) => [name, curl] as const),
  ...['xml2', 'libxml-2.0'].map((name) => [name, xml] as const),
  ...['png', 'png16', 'libpng'].map((name) => [name, png] as const),
  ...['jpeg', 'libjpeg'].map((name) => [name, jpeg] as const),
  ...['pcap', 'libpcap'].map((name) => [name, pcap] as const),
  ...['zstd', 'libzstd'].map((name) => [name, zstd] as const),
]);

/** The packages of a library that own C code names; undefined for one that is not in the table. */
export const cLibrary = (name: string): CLibrary | undefined => libraries.get(name);
