import assert from 'node:assert/strict';
import { type LinkInput, linkVerdict } from '../../../server/analysis/go/link.ts';
import { parseGoVersion } from '../../../server/analysis/go/version.ts';

const programs = {
  hello: {},
  net: { reachesNet: 'yes', reachesNetOrUser: 'yes' },
  user: { reachesUser: 'yes', reachesNetOrUser: 'yes' },
  plugin: { reachesCgo: 'yes', linksExternally: 'yes' },
  'runtime/cgo': { reachesCgo: 'yes', buildsWithoutCgo: 'no' },
  C: { reachesCgo: 'yes', linksExternally: 'yes', buildsWithoutCgo: 'no' },
  unseen: {
    reachesNet: 'unknown',
    reachesUser: 'unknown',
    reachesNetOrUser: 'unknown',
    reachesCgo: 'unknown',
    linksExternally: 'unknown',
    buildsWithoutCgo: 'unknown',
  },
} as const satisfies Record<string, Partial<LinkInput>>;

const usual: LinkInput = {
  goVersion: parseGoVersion('1.26'),
  cgoEnabled: 'unset',
  compiler: 'yes',
  cc: undefined,
  cross: 'no',
  goos: 'linux',
  reachesNet: 'no',
  reachesUser: 'no',
  reachesNetOrUser: 'no',
  reachesCgo: 'no',
  linksExternally: 'no',
  buildsWithoutCgo: 'yes',
  tags: new Set(),
  buildmode: undefined,
  sanitizer: false,
  linkmode: undefined,
  externalStatic: false,
  libc: 'glibc',
};

const letters = { static: 'S', glibc: 'D', musl: 'M', 'no-build': 'F', unknown: '?' } as const;

const row = (settings: Partial<LinkInput>): string =>
  Object.values(programs)
    .map((program) => letters[linkVerdict({ ...usual, ...program, ...settings }).verdict])
    .join(' ');

const go = (text: string): Partial<LinkInput> => ({ goVersion: parseGoVersion(text) });

/** Columns: hello net user plugin runtime/cgo import-C unseen. S static, D glibc, M musl, F go build fails. */
const matrix: readonly [string, Partial<LinkInput>, string][] = [
  ['1.19, gcc', go('1.19'), 'S D D D D D ?'],
  ['1.19, no gcc', { ...go('1.19'), compiler: 'no' }, 'S D D F D F ?'],
  ['1.21, gcc', go('1.21'), 'S D D D D D ?'],
  ['1.21, no gcc', { ...go('1.21'), compiler: 'no' }, 'S S S S F F S'],
  ['1.27, no gcc, CGO_ENABLED=1', { ...go('1.27'), compiler: 'no', cgoEnabled: '1' }, 'S F F F F F ?'],
  ['CGO_ENABLED=0', { cgoEnabled: '0' }, 'S S S S F F S'],
  ['-tags netgo,osusergo', { tags: new Set(['netgo', 'osusergo']) }, 'S S S D D D ?'],
  ['-tags netgo', { tags: new Set(['netgo']) }, 'S S D D D D ?'],
  ['-tags osusergo', { tags: new Set(['osusergo']) }, 'S D S D D D ?'],
  ['cross, unset', { cross: 'yes' }, 'S S S S F F S'],
  ['-extldflags -static', { externalStatic: true }, 'S D D S D S ?'],
  ['-linkmode external', { linkmode: 'external' }, 'D D D D D D D'],
  ['-linkmode external -extldflags -static', { linkmode: 'external', externalStatic: true }, 'S S S S S S S'],
  ['-linkmode external, CGO_ENABLED=0', { linkmode: 'external', cgoEnabled: '0' }, 'F F F F F F F'],
  ['-buildmode=pie', { buildmode: 'pie' }, 'D D D D D D D'],
  ['-buildmode=pie, CGO_ENABLED=0', { buildmode: 'pie', cgoEnabled: '0' }, 'D D D D F F D'],
  ['-race', { sanitizer: true }, 'D D D D D D D'],
  ['-race, CGO_ENABLED=0', { sanitizer: true, cgoEnabled: '0' }, 'F F F F F F F'],
  ['alpine with gcc', { libc: 'musl' }, 'S M M M M M ?'],
  ['CC=musl-gcc', { cc: 'musl-gcc' }, 'S M M M M M ?'],
  ['CC=/opt/cross/gcc-14', { cc: '/opt/cross/gcc-14' }, 'S ? ? ? ? ? ?'],
  ['version unknown, no gcc', { goVersion: undefined, compiler: 'no' }, 'S ? ? ? ? F ?'],
  ['CGO_ENABLED unknown', { cgoEnabled: 'unknown' }, 'S ? ? ? ? ? ?'],
  ['GOOS unknown', { goos: undefined }, '? ? ? ? ? ? ?'],
  ['-buildmode=plugin', { buildmode: 'plugin' }, '? ? ? ? ? ? ?'],
];

describe('link verdict', () => {
  for (const [name, settings, expected] of matrix) {
    it(name, () => {
      assert.equal(row(settings), expected);
    });
  }

  it('says what an unknown program most likely is, where a compiler is there', () => {
    assert.equal(linkVerdict({ ...usual, ...programs.unseen }).likely, 'glibc');
    assert.equal(linkVerdict({ ...usual, ...programs.unseen, compiler: 'no' }).likely, undefined);
  });

  it('does not guess where tags leave net and os/user without cgo', () => {
    const tags = new Set(['netgo', 'osusergo']);
    assert.equal(linkVerdict({ ...usual, ...programs.unseen, tags }).likely, undefined);
    assert.equal(linkVerdict({ ...usual, ...programs.unseen, tags: new Set(['netgo']) }).likely, 'glibc');
  });

  it('keeps a package that reaches net or os/user dynamic when one tag covers one of them', () => {
    const either = { reachesNet: 'unknown', reachesUser: 'unknown', reachesNetOrUser: 'yes' } as const;
    assert.equal(linkVerdict({ ...usual, ...either }).verdict, 'glibc');
    assert.equal(linkVerdict({ ...usual, ...either, tags: new Set(['netgo']) }).verdict, 'unknown');
  });

  it('gives the steps of its reasoning in order', () => {
    const { reasons } = linkVerdict({ ...usual, ...programs.net });
    assert.deepEqual(
      reasons.map(({ template }) => template),
      [
        'CGO_ENABLED is not set and there is a C compiler, so cgo is on.',
        'It imports net or os/user, which use cgo here, so it is linked to {libc}.',
      ],
    );
  });
});
