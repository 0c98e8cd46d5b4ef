import assert from 'node:assert/strict';
import { constraintHolds, fileNameHolds } from '../../../server/analysis/go/build-constraints.ts';
import { importClosure } from '../../../server/analysis/go/imports.ts';
import { noProject } from '../../../server/analysis/go/no-project.ts';
import { defaultBinaryName, fileBinaryName, installFolder } from '../../../server/analysis/go/output.ts';
import type { GoFile, GoPackage, ProjectFacts } from '../../../server/analysis/go/project-facts.ts';

const linux = { goos: 'linux', goarch: 'amd64', cgo: true, tags: new Set(['sqlite']) };

const file = (name: string, imports: readonly string[], constraint?: string): GoFile => ({
  name,
  packageName: 'x',
  imports,
  cgo: imports.includes('C'),
  constraint,
  embeds: [],
});

const project = (packages: Record<string, readonly GoFile[]>): ProjectFacts => {
  const all = Object.entries(packages).map(([importPath, files]): [string, GoPackage] => [
    importPath,
    { importPath, module: 'example.com/app', dir: undefined, files },
  ]);
  return { ...noProject, packages: new Map(all) };
};

const closure = (packages: Record<string, readonly GoFile[]>) =>
  importClosure(project(packages), 'example.com/app', linux);

const app = (...imports: string[]) => ({ 'example.com/app': [file('main.go', imports)] });

describe('import closure', () => {
  const rows: readonly [string, Record<string, readonly GoFile[]>, string][] = [
    ['fmt and database/sql', app('fmt', 'database/sql'), 'net=no user=no cgo=no without=yes'],
    ['net/http/httputil', app('net/http/httputil'), 'net=yes user=no cgo=no without=yes'],
    ['archive/tar', app('archive/tar'), 'net=no user=yes cgo=no without=yes'],
    ['plugin', app('plugin'), 'net=no user=no cgo=yes without=yes'],
    ['runtime/cgo', app('runtime/cgo'), 'net=no user=no cgo=yes without=no'],
    ['import "C" in every file', { ...app('C', 'fmt') }, 'net=no user=no cgo=yes without=no'],
    ['a package nobody knows', app('example.org/what'), 'net=unknown user=unknown cgo=unknown without=unknown'],
    [
      'a package nobody knows, and net',
      app('example.org/what', 'net'),
      'net=yes user=unknown cgo=unknown without=unknown',
    ],
    ['a measured package without net', app('github.com/pkg/errors'), 'net=no user=no cgo=no without=yes'],
    ['go-sqlite3', app('github.com/mattn/go-sqlite3'), 'net=unknown user=unknown cgo=yes without=yes'],
    [
      'confluent-kafka-go',
      app('github.com/confluentinc/confluent-kafka-go/v2/kafka'),
      'net=unknown user=unknown cgo=yes without=no',
    ],
    [
      'gopacket layers, not pcap',
      app('github.com/google/gopacket/layers'),
      'net=unknown user=unknown cgo=no without=yes',
    ],
  ];
  for (const [name, packages, expected] of rows) {
    it(name, () => {
      const { reachesNet, reachesUser, reachesCgo, buildsWithoutCgo } = closure(packages);
      assert.equal(`net=${reachesNet} user=${reachesUser} cgo=${reachesCgo} without=${buildsWithoutCgo}`, expected);
    });
  }

  it('counts a measured package as net or os/user', () => {
    assert.equal(closure(app('github.com/gin-gonic/gin')).reachesNetOrUser, 'yes');
  });

  it('shows the way to net', () => {
    const found = closure({ ...app('example.com/app/a'), 'example.com/app/a': [file('a.go', ['net/http'])] });
    assert.deepEqual(found.netChain, ['example.com/app', 'example.com/app/a', 'net/http']);
  });

  it('reads only the files that are built', () => {
    const found = closure({
      'example.com/app': [
        file('main.go', ['fmt']),
        file('main_test.go', ['net/http/httptest']),
        file('x_windows.go', ['net']),
        file('y.go', ['os/user'], '!sqlite'),
        file('z_linux_arm64.go', ['plugin']),
      ],
    });
    assert.deepEqual([...found.std], ['fmt']);
  });

  it('knows a package with a file for builds without cgo', () => {
    const found = closure({ 'example.com/app': [file('c.go', ['C']), file('nocgo.go', ['fmt'], '!cgo')] });
    assert.deepEqual([found.reachesCgo, found.buildsWithoutCgo], ['yes', 'yes']);
  });
});

describe('import closure without cgo', () => {
  const bare = (packages: Record<string, readonly GoFile[]>) =>
    importClosure(project(packages), 'example.com/app', { ...linux, cgo: false });

  const rows: readonly [string, Record<string, readonly GoFile[]>, string, string][] = [
    ['fmt', app('fmt'), 'yes', ''],
    ['import "C" in every file', app('C'), 'no', ''],
    ['go-sqlite3 is a stub', app('github.com/mattn/go-sqlite3'), 'yes', 'github.com/mattn/go-sqlite3'],
    ['nothing is left of zstd', app('github.com/DataDog/zstd'), 'no', ''],
    ['constants are left of pkcs11', app('github.com/miekg/pkcs11'), 'unknown', ''],
    [
      'a part of confluent-kafka-go is Go alone',
      app('github.com/confluentinc/confluent-kafka-go/v2/schemaregistry'),
      'unknown',
      '',
    ],
    [
      'imported only with cgo',
      { 'example.com/app': [file('main.go', ['fmt']), file('c.go', ['github.com/DataDog/zstd'], 'cgo')] },
      'yes',
      '',
    ],
  ];
  for (const [name, packages, builds, stubs] of rows) {
    it(name, () => {
      const found = bare(packages);
      assert.deepEqual([found.buildsWithoutCgo, found.stubs.map(({ path }) => path).join()], [builds, stubs]);
    });
  }

  it('shows the way to what stops the build', () => {
    const { stopChain } = bare({
      ...app('example.com/app/pack'),
      'example.com/app/pack': [file('pack.go', ['github.com/DataDog/zstd'])],
    });
    assert.deepEqual(stopChain, ['example.com/app', 'example.com/app/pack', 'github.com/DataDog/zstd']);
  });
});

describe('build constraints', () => {
  const rows: readonly [string, boolean | undefined][] = [
    ['linux', true],
    ['!linux', false],
    ['linux && (arm64 || cgo)', true],
    ['windows || !cgo', false],
    ['unix && go1.18 && gc', true],
    ['ignore', false],
    ['sqlite', true],
    ['!(sqlite && amd64)', false],
    ['linux &&', undefined],
    ['linux )', undefined],
  ];
  for (const [expression, expected] of rows) {
    it(expression, () => {
      assert.equal(constraintHolds(expression, linux), expected);
    });
  }

  it('in file names', () => {
    const names = ['a.go', 'a_linux.go', 'a_linux_amd64.go', 'a_amd64.go', 'linux.go', 'a_unix.go', 'windows_amd64.go'];
    const no = ['a_test.go', 'a_darwin.go', 'a_linux_arm64.go', '_a.go', '.a.go', 'a_windows_amd64.go', 'a.s'];
    assert.deepEqual(
      [...names, ...no].filter((name) => fileNameHolds(name, linux)),
      names,
    );
  });
});

describe('names of binaries', () => {
  const rows = {
    'example.com/acme/tool/v2': 'tool',
    'example.com/acme/tool/v1': 'v1',
    'gopkg.in/foo.v3': 'foo.v3',
    'example.com/app/cmd/server': 'server',
    app: 'app',
  };
  for (const [importPath, name] of Object.entries(rows)) {
    it(`${importPath} becomes ${name}`, () => assert.equal(defaultBinaryName(importPath), name));
  }

  it('of file lists and installed programs', () => {
    const arm = { gobin: undefined, gopath: '/go', goos: 'linux', goarch: 'arm64', native: false };
    assert.equal(fileBinaryName('./cmd/aaa.go'), 'aaa');
    assert.equal(installFolder(arm), '/go/bin/linux_arm64');
    assert.equal(installFolder({ ...arm, native: true }), '/go/bin');
    assert.equal(installFolder({ ...arm, gobin: '/bin', native: true }), '/bin');
    assert.equal(installFolder({ ...arm, gobin: '/bin' }), undefined);
  });
});
