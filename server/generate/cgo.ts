import type { GoFile, GoPackage, ProjectFacts } from '../analysis/go/project-facts.ts';

/** Modules that build without cgo but then refuse to work, or do not build at all. As of 2026-11-21. */
const needC = [
  'github.com/mattn/go-sqlite3',
  'github.com/confluentinc/confluent-kafka-go',
  'github.com/marcboeker/go-duckdb',
  'github.com/duckdb/duckdb-go',
  'github.com/godror/godror',
  'github.com/mattn/go-oci8',
  'github.com/h2non/bimg',
  'github.com/davidbyttow/govips',
  'github.com/linxGnu/grocksdb',
  'github.com/tecbot/gorocksdb',
  'github.com/libgit2/git2go',
  'github.com/google/gopacket/pcap',
  'github.com/gopacket/gopacket/pcap',
  'github.com/pebbe/zmq4',
  'github.com/veandco/go-sdl2',
  'github.com/go-gl/gl',
  'gocv.io/x/gocv',
  'gopkg.in/gographics/imagick.v3',
  'github.com/chai2010/webp',
  'github.com/DataDog/zstd',
  'github.com/bytecodealliance/wasmtime-go',
  'rogchap.com/v8go',
];

const covers = (prefix: string, path: string): boolean => path === prefix || path.startsWith(`${prefix}/`);

const systems =
  /_(windows|darwin|freebsd|netbsd|openbsd|plan9|solaris|aix|dragonfly|android|ios|js|wasip1)(_\w+)?\.go$/;
const linuxTags = /^(linux|unix|cgo|gc|amd64|arm64|go1\.\d+)$/;

/** Whether a `//go:build` expression holds on Linux with cgo; tags given with -tags count as off. */
const holds = (expression: string, cgo: boolean): boolean => {
  const tokens = expression.match(/&&|\|\||[!()]|[\w.]+/g) ?? [];
  let at = 0;
  const unary = (): boolean => {
    const token = tokens[at++];
    if (token === '!') return !unary();
    if (token !== '(') return linuxTags.test(token ?? '') && (cgo || token !== 'cgo');
    const value = either();
    at++;
    return value;
  };
  const both = (): boolean => {
    let value = unary();
    while (tokens[at] === '&&') {
      at++;
      value = unary() && value;
    }
    return value;
  };
  const either = (): boolean => {
    let value = both();
    while (tokens[at] === '||') {
      at++;
      value = both() || value;
    }
    return value;
  };
  return either();
};

const built = ({ name, constraint }: GoFile, cgo: boolean): boolean =>
  !systems.test(name) && (constraint === undefined || holds(constraint, cgo));

/** C code without a file that stands in for it when cgo is off. */
const needsC = ({ files }: GoPackage): boolean =>
  files.some((file) => file.cgo && built(file, true)) &&
  !files.some((file) => !file.cgo && built(file, false) && !built(file, true));

/** Packages a program imports, its own first; those without sources here are names alone. */
const closureOf = ({ packages }: ProjectFacts, main: GoPackage): ReadonlySet<string> => {
  const seen = new Set([main.importPath]);
  for (const path of seen) {
    for (const file of packages.get(path)?.files ?? []) {
      if (built(file, true)) for (const imported of file.imports) seen.add(imported);
    }
  }
  return seen;
};

/** The import path for which a program does not work without cgo; undefined when none is known. */
export const cgoReason = (facts: ProjectFacts, main: GoPackage | undefined): string | undefined => {
  if (!main) return undefined;
  return [...closureOf(facts, main)].find((path) => {
    if (needC.some((prefix) => covers(prefix, path))) return true;
    const known = facts.packages.get(path);
    return known !== undefined && needsC(known);
  });
};
