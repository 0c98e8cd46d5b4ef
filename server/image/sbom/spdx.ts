import { uuidOf } from './cyclonedx.ts';
import type { Materials, Package } from './packages.ts';

/** A bill of materials in SPDX 2.3, as JSON text. */
export function spdx(materials: Materials, tool: { readonly version: string }): string {
  const { name, created, programs, packages } = materials;
  const ids = new Map(packages.map(({ purl }, index) => [purl, `SPDXRef-Package-${index + 1}`]));
  const programId = (index: number): string => `SPDXRef-Program-${index + 1}`;
  const idOf = (purl: string): string => ids.get(purl) ?? 'NOASSERTION';
  const content = {
    packages: [
      { ...unknownLicense, SPDXID: imageId, name, primaryPackagePurpose: 'CONTAINER' },
      ...programs.map(({ path, sha256, main }, index) => ({
        ...unknownLicense,
        SPDXID: programId(index),
        name: path,
        ...(main?.version ? { versionInfo: main.version } : {}),
        primaryPackagePurpose: 'APPLICATION',
        ...(sha256 === undefined ? {} : { checksums: [{ algorithm: 'SHA256', checksumValue: sha256 }] }),
      })),
      ...packages.map((one) => packageEntry(one, idOf(one.purl))),
    ],
    relationships: [
      relationship('SPDXRef-DOCUMENT', 'DESCRIBES', imageId),
      ...programs.map((_, index) => relationship(imageId, 'CONTAINS', programId(index))),
      ...packages.flatMap(({ purl }) =>
        purl.startsWith('pkg:golang/') ? [] : [relationship(imageId, 'CONTAINS', idOf(purl))],
      ),
      ...programs.flatMap(({ main, uses }, index) =>
        [...new Set(main ? [main.purl, ...uses] : uses)].map((purl) =>
          relationship(programId(index), 'DEPENDS_ON', idOf(purl)),
        ),
      ),
    ],
  };
  const document = {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name,
    documentNamespace: `https://spdx.org/spdxdocs/go-dockerfile-${uuidOf(JSON.stringify(content))}`,
    creationInfo: { created, creators: [`Tool: go-dockerfile-${tool.version}`] },
    ...content,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const imageId = 'SPDXRef-Image';

const unknownLicense = {
  downloadLocation: 'NOASSERTION',
  filesAnalyzed: false,
  licenseConcluded: 'NOASSERTION',
  licenseDeclared: 'NOASSERTION',
  copyrightText: 'NOASSERTION',
} as const;

const packageEntry = ({ purl, name, version, license }: Package, id: string) => ({
  ...unknownLicense,
  SPDXID: id,
  name,
  ...(version === '' ? {} : { versionInfo: version }),
  // Databases write other words than SPDX allows; those are only a comment.
  ...(license === undefined ? {} : { licenseComments: license }),
  externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }],
});

const relationship = (from: string, type: string, to: string) => ({
  spdxElementId: from,
  relationshipType: type,
  relatedSpdxElement: to,
});
