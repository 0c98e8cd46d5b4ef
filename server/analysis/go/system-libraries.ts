/** Package names of one distribution: to build against a library, and to run what was linked to it. */
export interface LibraryPackages {
  readonly build: readonly string[];
  readonly run: readonly string[];
}

/** A C library of the system that Go modules link to at run time; what a module brings along itself is none. */
export interface SystemLibrary {
  readonly name: string;
  /** Import paths; packages below them count too. */
  readonly imports: readonly string[];
  /** The build tag with which alone the modules use the system's library. */
  readonly tag: string | undefined;
  readonly alpine: LibraryPackages;
  /** By codename. */
  readonly debian: Readonly<Record<'bookworm' | 'trixie', LibraryPackages>>;
}

const words = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');

const packages = (build: string, run: string): LibraryPackages => ({ build: words(build), run: words(run) });

interface Row {
  readonly imports: string;
  readonly tag?: string;
  /** `build packages → run-time packages`. */
  readonly alpine: string;
  /** The same; run-time packages that differ are written `bookworm|trixie`. */
  readonly debian: string;
}

const library = (name: string, { imports, tag, alpine, debian }: Row): SystemLibrary => {
  const [alpineBuild = '', alpineRun = ''] = alpine.split('→');
  const [build = '', run = ''] = debian.split('→');
  const [bookworm = '', trixie = bookworm] = run.split('|');
  return {
    name,
    imports: words(imports),
    tag,
    alpine: packages(alpineBuild, alpineRun),
    debian: { bookworm: packages(build, bookworm), trixie: packages(build, trixie) },
  };
};

/**
 * Debian's names from the package lists of bookworm and trixie, 2026-11-25; Alpine's from aports. A Debian `-dev` package
 * wants pkg-config too, which the golang images have.
 */
const systemLibraries: readonly SystemLibrary[] = [
  library('libvips', {
    imports: 'github.com/h2non/bimg github.com/davidbyttow/govips github.com/cshum/vipsgen',
    alpine: 'vips-dev pkgconf → vips',
    debian: 'libvips-dev → libvips42|libvips42t64',
  }),
  library('libpcap', {
    imports: 'github.com/google/gopacket/pcap github.com/gopacket/gopacket/pcap',
    alpine: 'libpcap-dev → libpcap',
    debian: 'libpcap-dev → libpcap0.8|libpcap0.8t64',
  }),
  library('librdkafka', {
    imports: 'github.com/confluentinc/confluent-kafka-go',
    tag: 'dynamic',
    alpine: 'librdkafka-dev pkgconf → librdkafka',
    debian: 'librdkafka-dev → librdkafka1',
  }),
  library('SQLite', {
    imports: 'github.com/mattn/go-sqlite3',
    tag: 'libsqlite3',
    alpine: 'sqlite-dev pkgconf → sqlite-libs',
    debian: 'libsqlite3-dev → libsqlite3-0',
  }),
  library('ZeroMQ', {
    imports: 'github.com/pebbe/zmq4',
    alpine: 'zeromq-dev pkgconf → libzmq',
    debian: 'libzmq3-dev → libzmq5',
  }),
  library('CZMQ', {
    imports: 'github.com/zeromq/goczmq',
    alpine: 'czmq-dev zeromq-dev pkgconf → czmq',
    debian: 'libczmq-dev → libczmq4',
  }),
  library('RocksDB', {
    imports: 'github.com/linxGnu/grocksdb github.com/tecbot/gorocksdb',
    alpine: 'rocksdb-dev g++ → rocksdb',
    debian: 'librocksdb-dev → librocksdb7.8|librocksdb9.10',
  }),
  library('ImageMagick', {
    imports: 'gopkg.in/gographics/imagick.v2 gopkg.in/gographics/imagick.v3',
    alpine: 'imagemagick-dev pkgconf → imagemagick',
    debian: 'libmagickwand-dev → libmagickwand-6.q16-6|libmagickwand-7.q16-10',
  }),
  library('GPGME', {
    imports: 'github.com/proglottis/gpgme',
    alpine: 'gpgme-dev pkgconf → gpgme',
    debian: 'libgpgme-dev → libgpgme11|libgpgme11t64',
  }),
  library('libusb', {
    imports: 'github.com/google/gousb',
    alpine: 'libusb-dev pkgconf → libusb',
    debian: 'libusb-1.0-0-dev → libusb-1.0-0',
  }),
  library('PortAudio', {
    imports: 'github.com/gordonklaus/portaudio',
    alpine: 'portaudio-dev pkgconf → portaudio',
    debian: 'portaudio19-dev → libportaudio2',
  }),
  library('ALSA', {
    imports: 'github.com/ebitengine/oto github.com/hajimehoshi/oto',
    alpine: 'alsa-lib-dev pkgconf → alsa-lib',
    debian: 'libasound2-dev → libasound2|libasound2t64',
  }),
  library('Opus', {
    imports: 'gopkg.in/hraban/opus.v2',
    alpine: 'opus-dev opusfile-dev pkgconf → opus opusfile',
    debian: 'libopus-dev libopusfile-dev → libopus0 libopusfile0',
  }),
  library('unixODBC', {
    imports: 'github.com/alexbrainman/odbc',
    alpine: 'unixodbc-dev → unixodbc',
    debian: 'unixodbc-dev → libodbc2',
  }),
  library('YARA', {
    imports: 'github.com/hillu/go-yara',
    alpine: 'yara-dev pkgconf → yara',
    debian: 'libyara-dev → libyara9|libyara10',
  }),
  library('Tesseract', {
    imports: 'github.com/otiai10/gosseract',
    alpine: 'tesseract-ocr-dev leptonica-dev g++ → tesseract-ocr',
    debian: 'libtesseract-dev libleptonica-dev → libtesseract5',
  }),
  library('libwebp', {
    imports: 'github.com/kolesa-team/go-webp',
    alpine: 'libwebp-dev → libwebp',
    debian: 'libwebp-dev → libwebp7',
  }),
  library('Brotli', {
    imports: 'github.com/google/brotli/go/cbrotli',
    alpine: 'brotli-dev pkgconf → brotli-libs',
    debian: 'libbrotli-dev → libbrotli1',
  }),
  library('libvirt', {
    imports: 'libvirt.org/go/libvirt github.com/libvirt/libvirt-go',
    alpine: 'libvirt-dev pkgconf → libvirt-libs',
    debian: 'libvirt-dev → libvirt0',
  }),
];

const isAtOrBelow = (importPath: string, path: string): boolean =>
  importPath === path || importPath.startsWith(`${path}/`);

/** The libraries of the system that a program with these imports and build tags is linked to when cgo is on. */
export const systemLibrariesOf = (
  importPaths: Iterable<string>,
  tags: ReadonlySet<string>,
): readonly SystemLibrary[] => {
  const found = new Set<SystemLibrary>();
  for (const importPath of importPaths) {
    for (const each of systemLibraries) {
      if (each.tag !== undefined && !tags.has(each.tag)) continue;
      if (each.imports.some((path) => isAtOrBelow(importPath, path))) found.add(each);
    }
  }
  return [...found];
};
