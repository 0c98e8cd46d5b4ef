import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { Ajv } from 'ajv';
import { runIn } from '../../cli/console.ts';
import { inFolder } from '../../cli/project.ts';
import { dockerArchive, type Part } from '../archive/images.ts';
import { buildInfo, elfFile } from '../binary/elf-file.ts';
import { spdxSchema } from './spdx-schema.ts';

const program = elfFile({
  sections: {
    '.go.buildinfo': buildInfo('go1.26.8', [
      'path\texample.com/app',
      'mod\texample.com/app\tv1.2.3\th1:x=',
      'dep\tgithub.com/A/b\tv1.0.0\th1:y=',
      'dep\texample.com/local\tv0.0.0',
      '=>\t../local\t(devel)\t',
      'dep\tgithub.com/old/name\tv1.0.0',
      '=>\tgithub.com/new/name\tv1.1.0+incompatible\th1:z=',
    ]),
  },
});

const alpine: readonly Part[] = [
  { name: 'app', content: program, mode: 0o755 },
  { name: 'etc/os-release', content: 'ID=alpine\nVERSION_ID=3.23.1\nPRETTY_NAME="Alpine Linux v3.23"\n' },
  {
    name: 'lib/apk/db/installed',
    content:
      'C:Q1x=\nP:musl\nV:1.2.5-r10\nA:x86_64\nL:MIT\n\nP:busybox\nV:1.37.0-r12\nA:x86_64\nL:GPL-2.0-only\nF:bin\n\n',
  },
];
const debian: readonly Part[] = [
  { name: 'app', content: program, mode: 0o755 },
  { name: 'usr/lib/os-release', content: 'ID="debian"\nVERSION_ID="13"\n' },
  { name: 'var/lib/dpkg/status.d/tzdata', content: 'Package: tzdata\nVersion: 2025b-4+deb13u1\nArchitecture: all\n' },
  { name: 'var/lib/dpkg/status.d/tzdata.md5sums', content: 'Package: no\nVersion: 1\n' },
  {
    name: 'var/lib/dpkg/status',
    content:
      'Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nVersion: 2.41-12\n\nPackage: gone\nStatus: deinstall ok config-files\nVersion: 1\n',
  },
];

const sbomOf = async (parts: readonly Part[], name: string): Promise<string> => {
  let text = '';
  await inFolder({}, async (folder) => {
    const input = dockerArchive([parts], {});
    const { code, err } = await runIn(folder, ['measure', '-', '--sbom', name], { input });
    assert.equal(code, 0, err);
    assert.match(err, /^wrote sbom\.\S+: (SPDX 2\.3|CycloneDX 1\.6), \d packages\n$/);
    text = await readFile(path.join(folder, name), 'utf8');
  });
  return text;
};

const golang = [
  'pkg:golang/example.com/app@v1.2.3',
  'pkg:golang/example.com/local@v0.0.0',
  'pkg:golang/github.com/A/b@v1.0.0',
  'pkg:golang/github.com/new/name@v1.1.0%2Bincompatible',
  'pkg:golang/stdlib@1.26.8',
];

describe('bill of materials', () => {
  for (const [name, parts, system] of [
    [
      'alpine',
      alpine,
      [
        'pkg:apk/alpine/busybox@1.37.0-r12?arch=x86_64&distro=alpine-3.23.1',
        'pkg:apk/alpine/musl@1.2.5-r10?arch=x86_64&distro=alpine-3.23.1',
      ],
    ],
    [
      'debian',
      debian,
      [
        'pkg:deb/debian/libc6@2.41-12?arch=amd64&distro=debian-13',
        'pkg:deb/debian/tzdata@2025b-4%2Bdeb13u1?arch=all&distro=debian-13',
      ],
    ],
  ] as const) {
    it(`is CycloneDX 1.6 as its schema has it: ${name}`, async () => {
      const text = await sbomOf(parts, 'sbom.json');
      assert.equal(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text), null);
      const { components, dependencies } = JSON.parse(text);
      assert.deepEqual(
        components.map((one: { purl?: string }) => one.purl),
        [undefined, ...system, ...golang],
      );
      const app = dependencies.find(({ ref }: { ref: string }) => ref === 'file:/app');
      assert.deepEqual([...app.dependsOn].sort(), golang);
    });
  }

  for (const [name, parts] of [
    ['alpine', alpine],
    ['debian', debian],
  ] as const) {
    it(`is SPDX 2.3 by a schema of what the specification asks: ${name}`, async () => {
      const document = JSON.parse(await sbomOf(parts, 'sbom.spdx.json'));
      const validate = new Ajv({ allErrors: true }).compile(spdxSchema);
      assert.deepEqual([validate(document), validate.errors], [true, null]);
      const { packages, relationships, creationInfo } = document;
      for (const broken of [
        { ...document, documentNamespace: undefined },
        { ...document, dataLicense: 'MIT' },
        { ...document, files: [] },
        { ...document, creationInfo: { ...creationInfo, created: '1970-01-01T00:00:00.000Z' } },
        { ...document, packages: [{ ...packages[0], downloadLocation: undefined }] },
        { ...document, packages: [{ ...packages[0], SPDXID: 'SPDXRef-a/b' }] },
        { ...document, relationships: [{ ...relationships[0], relationshipType: 'HAS' }] },
      ]) {
        assert.equal(validate(JSON.parse(JSON.stringify(broken))), false);
      }
    });
  }

  it('is SPDX 2.3: every id is there once, every relation leads somewhere', async () => {
    const document = JSON.parse(await sbomOf(alpine, 'sbom.spdx.json'));
    assert.equal(document.creationInfo.created, '1970-01-01T00:00:00Z');
    const ids: string[] = document.packages.map(({ SPDXID }: { SPDXID: string }) => SPDXID);
    assert.equal(new Set(ids).size, ids.length);
    for (const { spdxElementId, relatedSpdxElement } of document.relationships) {
      assert.ok([...ids, 'SPDXRef-DOCUMENT'].includes(spdxElementId));
      assert.ok(ids.includes(relatedSpdxElement));
    }
    const [described] = document.relationships;
    assert.deepEqual([described.spdxElementId, described.relationshipType], ['SPDXRef-DOCUMENT', 'DESCRIBES']);
    const purls = document.packages.flatMap(
      ({ externalRefs = [] }: { externalRefs?: { referenceLocator: string }[] }) =>
        externalRefs.map(({ referenceLocator }) => referenceLocator),
    );
    assert.deepEqual(purls.slice(2), golang);
  });

  it('names no version where go build knew none', async () => {
    const devel = elfFile({
      sections: { '.go.buildinfo': buildInfo('go1.26.8', ['path\ta.example/app', 'mod\ta.example/app\t(devel)\t']) },
    });
    const { components } = JSON.parse(await sbomOf([{ name: 'app', content: devel, mode: 0o755 }], 'sbom.json'));
    assert.deepEqual(
      components.map(({ purl, version }: { purl?: string; version?: string }) => [purl, version]),
      [
        [undefined, undefined],
        ['pkg:golang/a.example/app', undefined],
        ['pkg:golang/stdlib@1.26.8', '1.26.8'],
      ],
    );
  });

  it('is the same for the same image', async () => {
    assert.equal(await sbomOf(debian, 'sbom.json'), await sbomOf(debian, 'sbom.json'));
    assert.equal(await sbomOf(debian, 'sbom.spdx'), await sbomOf(debian, 'sbom.spdx'));
    assert.notEqual(await sbomOf(debian, 'sbom.json'), await sbomOf(alpine, 'sbom.json'));
  });
});
