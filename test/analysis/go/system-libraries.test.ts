import assert from 'node:assert/strict';
import { systemLibrariesOf } from '../../../server/analysis/go/system-libraries.ts';

const none: ReadonlySet<string> = new Set();

describe('system libraries of cgo modules', () => {
  const rows: readonly [string, readonly string[], readonly string[], string][] = [
    ['a major version', ['github.com/davidbyttow/govips/v2/vips'], [], 'libvips'],
    ['one package of a module', ['github.com/google/gopacket/layers'], [], ''],
    ['that package', ['fmt', 'github.com/google/gopacket/pcap'], [], 'libpcap'],
    ['a bundled library', ['github.com/mattn/go-sqlite3'], [], ''],
    ["the system's own by a tag", ['github.com/mattn/go-sqlite3'], ['libsqlite3'], 'SQLite'],
    ['another module with the same beginning', ['github.com/h2non/bimgx'], [], ''],
    ['two modules with one library', ['github.com/h2non/bimg', 'github.com/davidbyttow/govips/v2/vips'], [], 'libvips'],
  ];
  for (const [name, imports, tags, expected] of rows) {
    it(name, () => {
      const found = systemLibrariesOf(imports, new Set(tags));
      assert.equal(found.map((library) => library.name).join(', '), expected);
    });
  }

  it('names packages by distribution', () => {
    const [vips] = systemLibrariesOf(['github.com/h2non/bimg'], none);
    assert.deepEqual(vips?.alpine, { build: ['vips-dev', 'pkgconf'], run: ['vips'] });
    assert.deepEqual(vips?.debian.bookworm, { build: ['libvips-dev'], run: ['libvips42'] });
    assert.deepEqual(vips?.debian.trixie, { build: ['libvips-dev'], run: ['libvips42t64'] });
    const [zmq] = systemLibrariesOf(['github.com/pebbe/zmq4'], none);
    assert.deepEqual(zmq?.debian.trixie.run, ['libzmq5']);
  });
});
