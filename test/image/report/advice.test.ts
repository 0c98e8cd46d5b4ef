import assert from 'node:assert/strict';
import { adviseOn, type Measured } from '../../../server/image/report/advice.ts';
import type { BinaryReport } from '../../../server/image/report/binary-model.ts';
import { reportImage } from '../../../server/image/report/report.ts';
import { dockerArchive, readBytes } from '../archive/images.ts';

const binary = (needed: readonly string[]): BinaryReport => ({
  path: '/app',
  size: 8_000_000,
  layer: 1,
  bits: 64,
  machine: 'Advanced Micro Devices X86-64',
  goarch: 'amd64',
  fitsPlatform: true,
  static: needed.length === 0,
  libraries: needed.map((name) => ({ name, path: `/lib/${name}` })),
  ...(needed.length > 0 && { glibc: { needed: '2.34', found: '2.41' } }),
  pie: false,
  stripped: true,
  withoutDebug: true,
  upx: false,
  go: undefined,
  strippable: 0,
  tree: undefined,
  modules: undefined,
});

/** An image of a base of 80 MB with a shell, and a program on it. */
async function measured(needed: readonly string[]): Promise<Measured> {
  const layers = [[{ name: 'bin/sh', content: 'x', mode: 0o755 }], [{ name: 'app', content: 'x', mode: 0o755 }]];
  const image = await readBytes(dockerArchive(layers, {}));
  const report = reportImage('app', image);
  const [base, program] = report.layers;
  assert.ok(base && program);
  return {
    size: 88_000_000,
    files: image.files,
    layers: [
      { ...base, size: 80_000_000, fromBase: true },
      { ...program, size: 8_000_000, fromBase: false },
    ],
    wastedFiles: [],
    binaries: [binary(needed)],
    facts: { ...report.facts, program: { argument: '/app', path: '/app', kind: 'go', problems: [] }, shell: '/bin/sh' },
  };
}

const advised = async (needed: readonly string[]) =>
  adviseOn(await measured(needed), []).map(({ title, saving }) => [title, saving]);

describe('the advice about the base image', () => {
  it('is distroless/static for a static program', async () => {
    assert.deepEqual(await advised([]), [['Take gcr.io/distroless/static as the last base image', 77_700_000]]);
  });

  it('is distroless/base for one that needs glibc', async () => {
    const needed = ['libc.so.6', 'libresolv.so.2', 'ld-linux-x86-64.so.2'];
    assert.deepEqual(await advised(needed), [['Take gcr.io/distroless/base as the last base image', 57_600_000]]);
  });

  it('is distroless/cc for one with C++ in it', async () => {
    const needed = ['libstdc++.so.6', 'libgcc_s.so.1', 'libc.so.6'];
    assert.deepEqual(await advised(needed), [['Take gcr.io/distroless/cc as the last base image', 54_800_000]]);
  });

  it('is none where another library is needed', async () => {
    assert.deepEqual(await advised(['libsqlite3.so.0', 'libc.so.6']), []);
  });
});
