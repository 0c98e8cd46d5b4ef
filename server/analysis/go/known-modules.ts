import { packagesThatReachNet, packagesWithoutNet } from './known-packages.ts';

/** A module, or a folder of one, that needs cgo on Linux. */
export interface CgoModule {
  /** Import path; packages below it count too. */
  readonly path: string;
  /** What it binds. */
  readonly library: string;
  /** Without cgo, go build fails, or it builds a stub that fails when it is used. */
  readonly withoutCgo: 'fails' | 'stub-at-run-time';
  /** A module that does the same in Go alone, when one is commonly used. */
  readonly alternative: string | undefined;
}

const fails = (path: string, library: string, alternative?: string): CgoModule => ({
  path,
  library,
  withoutCgo: 'fails',
  alternative,
});

const stub = (path: string, library: string, alternative?: string): CgoModule => ({
  path,
  library,
  withoutCgo: 'stub-at-run-time',
  alternative,
});

const kafka = 'github.com/twmb/franz-go';
const zstd = 'github.com/klauspost/compress/zstd';

/** From facts gathered by reading module sources and building them, 2026-11-21. */
const cgoModules: readonly CgoModule[] = [
  stub('github.com/mattn/go-sqlite3', 'SQLite (bundled)', 'modernc.org/sqlite'),
  stub('gorm.io/driver/sqlite', 'SQLite (bundled)', 'github.com/glebarez/sqlite'),
  stub('github.com/mutecomm/go-sqlcipher', 'SQLCipher (bundled)'),
  fails('github.com/tursodatabase/go-libsql', 'libSQL (bundled)'),
  fails('github.com/confluentinc/confluent-kafka-go', 'librdkafka (bundled)', kafka),
  fails('gopkg.in/confluentinc/confluent-kafka-go.v1', 'librdkafka', kafka),
  fails('gocv.io/x/gocv', 'OpenCV'),
  fails('github.com/h2non/bimg', 'libvips', 'github.com/disintegration/imaging'),
  fails('github.com/davidbyttow/govips', 'libvips', 'github.com/disintegration/imaging'),
  fails('github.com/libgit2/git2go', 'libgit2', 'github.com/go-git/go-git/v5'),
  fails('github.com/miekg/pkcs11', 'libdl'),
  fails('github.com/google/gopacket/pcap', 'libpcap', 'github.com/google/gopacket/pcapgo'),
  fails('github.com/DataDog/zstd', 'zstd (bundled)', zstd),
  fails('github.com/valyala/gozstd', 'zstd (bundled)', zstd),
  fails('github.com/godror/godror', 'Oracle ODPI-C', 'github.com/sijms/go-ora/v2'),
  fails('github.com/ibm-messaging/mq-golang', 'IBM MQ'),
  fails('github.com/zeromq/goczmq', 'CZMQ', 'github.com/go-zeromq/zmq4'),
  fails('github.com/pebbe/zmq4', 'ZeroMQ', 'github.com/go-zeromq/zmq4'),
  fails('github.com/linxGnu/grocksdb', 'RocksDB', 'github.com/cockroachdb/pebble'),
  fails('github.com/duckdb/duckdb-go', 'DuckDB (bundled)'),
  fails('github.com/marcboeker/go-duckdb', 'DuckDB (bundled)'),
  fails('github.com/go-gl/glfw', 'GLFW'),
  fails('github.com/go-gl/gl', 'OpenGL'),
  fails('fyne.io/fyne/v2/app', 'OpenGL'),
  fails('github.com/smacker/go-tree-sitter', 'tree-sitter (bundled)'),
  fails('github.com/bytecodealliance/wasmtime-go', 'Wasmtime (bundled)', 'github.com/tetratelabs/wazero'),
];

const isAtOrBelow = (importPath: string, path: string): boolean =>
  importPath === path || importPath.startsWith(`${path}/`);

/** The entry of {@link cgoModules} for an import path or module path. */
export const cgoModuleOf = (importPath: string): CgoModule | undefined =>
  cgoModules.find(({ path }) => isAtOrBelow(importPath, path));

/**
 * Packages with which `CGO_ENABLED=0 go build` was seen to stop on 2026-11-21, or of which nothing exported is left without
 * cgo, so that whoever uses them stops it.
 */
const stops: readonly RegExp[] = [
  /^github\.com\/confluentinc\/confluent-kafka-go(?:\/v\d+)?\/kafka$/,
  /^gopkg\.in\/confluentinc\/confluent-kafka-go\.v1\/kafka$/,
  /^github\.com\/(?:tursodatabase\/go-libsql|DataDog\/zstd|valyala\/gozstd|godror\/godror|pebbe\/zmq4)$/,
  /^github\.com\/(?:google\/gopacket\/pcap|smacker\/go-tree-sitter|marcboeker\/go-duckdb(?:\/v\d+)?)$/,
  /^github\.com\/go-gl\/(?:gl\/v\d\.\d(?:-core|-compatibility)?\/gl|glfw\/v3\.\d\/glfw)$/,
  /^(?:gocv\.io\/x\/gocv|fyne\.io\/fyne\/v2\/app)$/,
];

/** Whether go build surely stops at this import without cgo. */
export const stopsWithoutCgo = (importPath: string): boolean => stops.some((path) => path.test(importPath));

/** The module that is built as a stub where this package is imported without cgo; not the packages below it. */
export const stubOf = (importPath: string): CgoModule | undefined =>
  cgoModules.find(
    ({ path, withoutCgo }) => withoutCgo === 'stub-at-run-time' && importPath.replace(/\/v\d+$/, '') === path,
  );

/** What a package that is not read reaches, by the tables; undefined for packages that nobody measured. */
export interface KnownPackage {
  readonly reachesNet: 'yes' | 'no' | 'unknown';
  readonly cgo: CgoModule | undefined;
}

/** Looks a package of another module up, by its import path. */
export const knownPackage = (importPath: string): KnownPackage | undefined => {
  const cgo = cgoModuleOf(importPath);
  if (cgo) return { reachesNet: 'unknown', cgo };
  if (packagesThatReachNet.has(importPath)) return { reachesNet: 'yes', cgo };
  return packagesWithoutNet.has(importPath) ? { reachesNet: 'no', cgo } : undefined;
};
