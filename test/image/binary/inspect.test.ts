import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bytesOf } from '../../../server/image/binary/bytes.ts';
import { inspectElf } from '../../../server/image/binary/inspect.ts';
import { buildInfo, elfFile, functionTable } from './elf-file.ts';

const lines = [
  'path\texample.com/app/cmd/app',
  'mod\texample.com/app\tv1.2.3\th1:main=',
  'dep\tgithub.com/a/b\tv1.0.0',
  '=>\tgithub.com/fork/b\tv1.0.1\th1:fork=',
  'dep\tgopkg.in/yaml.v3\tv3.0.1\th1:yaml=',
  'build\t-ldflags="-s -w"',
  'build\t-tags=a,b',
  'build\tCGO_ENABLED=0',
];
const functions = [
  ['runtime.main', 100],
  ['type:.eq.example.com/app.T', 16],
  ['vendor/golang.org/x/net/idna.New', 32],
  ['gopkg.in/yaml%2ev3.(*Node).Decode', 64],
  ['github.com/a/b/sub.F[go.shape.struct { x/y.Z }]', 48],
  ['example.com/app/internal/x.init.0', 80],
  ['main.main', 160],
  ['main.main.func1', 32],
  ['_rt0_amd64_linux', 16],
] as const;

const inspect = (file: Buffer) => inspectElf(bytesOf(file));

describe('inspectElf', () => {
  const sections = {
    '.text': Buffer.alloc(600),
    '.go.buildinfo': buildInfo('go1.26.8', lines),
    '.gopclntab': functionTable(functions),
    '.symtab': Buffer.alloc(100),
    '.strtab': Buffer.alloc(50),
    '.debug_info': Buffer.alloc(25),
  };

  it('reads what go build wrote', () => {
    const go = inspect(elfFile({ sections }))?.go;
    assert.deepEqual(go?.info, {
      version: 'go1.26.8',
      path: 'example.com/app/cmd/app',
      main: { path: 'example.com/app', version: 'v1.2.3', sum: 'h1:main=' },
      modules: [
        {
          path: 'github.com/a/b',
          version: 'v1.0.0',
          sum: '',
          replacedBy: { path: 'github.com/fork/b', version: 'v1.0.1', sum: 'h1:fork=' },
        },
        { path: 'gopkg.in/yaml.v3', version: 'v3.0.1', sum: 'h1:yaml=' },
      ],
      settings: [
        { key: '-ldflags', value: '-s -w' },
        { key: '-tags', value: 'a,b' },
        { key: 'CGO_ENABLED', value: '0' },
      ],
    });
    assert.deepEqual([go?.strippable, go?.stripped, go?.withoutDebug], [175, false, false]);
  });

  it('adds the code up by module and package', () => {
    const modules = inspect(elfFile({ sections }))?.go?.modules;
    assert.deepEqual(
      modules?.map(({ path, size, packages }) => [path, size, packages.map((one) => one.path)]),
      [
        ['example.com/app', 272, ['example.com/app/cmd/app', 'example.com/app/internal/x']],
        ['std', 164, ['runtime', '(generated)', 'vendor/golang.org/x/net/idna']],
        ['gopkg.in/yaml.v3', 64, ['gopkg.in/yaml.v3']],
        ['github.com/a/b', 48, ['github.com/a/b/sub']],
      ],
    );
  });

  it('gives sections only, for a function table of the future', () => {
    const go = inspect(elfFile({ sections: { ...sections, '.gopclntab': functionTable(functions, 0xffffffe0) } }))?.go;
    assert.equal(go?.modules, undefined);
    assert.ok(go?.sections.some(({ name, size }) => name === '.text' && size === 600));
  });

  it('knows machines, widths and byte orders', () => {
    const machine = (parts: Parameters<typeof elfFile>[0]) => {
      const facts = inspect(elfFile({ ...parts, interpreter: '/lib/ld.so' }));
      return [facts?.bits, facts?.goarch, facts?.interpreter];
    };
    assert.deepEqual(machine({}), [64, 'amd64', '/lib/ld.so']);
    assert.deepEqual(machine({ machine: 183 }), [64, 'arm64', '/lib/ld.so']);
    assert.deepEqual(machine({ machine: 40, bits: 32 }), [32, 'arm', '/lib/ld.so']);
    assert.deepEqual(machine({ machine: 22, big: true }), [64, 's390x', '/lib/ld.so']);
    assert.deepEqual(machine({ machine: 8, bits: 32, big: true }), [32, 'mips', '/lib/ld.so']);
    assert.deepEqual(machine({ machine: 9999 }), [64, undefined, '/lib/ld.so']);
  });

  it('sees UPX, and no Go in other programs', () => {
    const packed = elfFile({});
    packed.writeUInt16LE(0, 60);
    const withMark = Buffer.concat([packed.subarray(0, 64), Buffer.from('....UPX!'), Buffer.alloc(100)]);
    assert.equal(inspect(withMark)?.go?.upx, true);
    assert.equal(inspect(elfFile({ sections: { '.text': Buffer.alloc(10) } }))?.go, undefined);
    assert.equal(inspect(Buffer.from('no ELF file')), undefined);
  });

  it('answers for any bytes', () => {
    const whole = elfFile({ sections, interpreter: '/lib/ld.so' });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 30 }),
        fc.nat(whole.length),
        (changes, length) => {
          const file = Buffer.from(whole);
          for (const [at, byte] of changes) file[at] = byte;
          inspect(file.subarray(0, length));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('answers in time when a header claims gigabytes', () => {
    const file = elfFile({ sections, interpreter: '/lib/ld.so' });
    for (let at = 0; at < file.length - 8; at += 4) {
      const changed = Buffer.from(file);
      changed.writeUInt32LE(0xfffffff0, at);
      inspect(changed);
    }
  });
});
