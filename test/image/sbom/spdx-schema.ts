/**
 * What the SPDX 2.3 specification (ISO/IEC 5962 and its annexes) asks of the parts that we write, as a JSON schema in our own words:
 * no npm package carries the schema of whole documents. It knows no other fields than ours, so that a new one is looked up first.
 * Clauses: 6 document creation, 7 packages, 11 relationships; files and snippets are not written.
 *
 * On 2026-11-26 the documents of this test also passed SPDX's own schema (schemas/spdx-schema.json of version 2.3, as syft 1.57.0
 * carries it, with Python's jsonschema) and `pyspdxtools -i` of SPDX's spdx-tools 0.8.5, which checks identifiers and relations.
 */

const text = { type: 'string', minLength: 1 };
const id = { type: 'string', pattern: '^SPDXRef-[a-zA-Z0-9.-]+$' };
const noAssertion = { const: 'NOASSERTION' };
const object = (properties: Readonly<Record<string, object>>, required: readonly string[]): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const listOf = (items: object): object => ({ type: 'array', minItems: 1, items });

const creationInfo = object(
  {
    // 6.9: UTC to the second, without fractions.
    created: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' },
    creators: listOf({ type: 'string', pattern: '^(Tool: \\S+-\\d|Person: |Organization: )' }),
  },
  ['created', 'creators'],
);

const checksum = object(
  { algorithm: { const: 'SHA256' }, checksumValue: { type: 'string', pattern: '^[0-9a-f]{64}$' } },
  ['algorithm', 'checksumValue'],
);

const externalRef = object(
  {
    referenceCategory: { const: 'PACKAGE-MANAGER' },
    referenceType: { const: 'purl' },
    referenceLocator: { type: 'string', pattern: '^pkg:(golang|apk|deb|rpm)/\\S+$' },
  },
  ['referenceCategory', 'referenceType', 'referenceLocator'],
);

/** 7.1, 7.2 and 7.7 are mandatory; without 7.8 files count as analysed, and then 7.9 would be mandatory too. */
const packageOfDocument = object(
  {
    SPDXID: id,
    name: text,
    versionInfo: text,
    downloadLocation: noAssertion,
    filesAnalyzed: { const: false },
    licenseConcluded: noAssertion,
    licenseDeclared: noAssertion,
    licenseComments: text,
    copyrightText: noAssertion,
    primaryPackagePurpose: { enum: ['APPLICATION', 'CONTAINER'] },
    checksums: listOf(checksum),
    externalRefs: listOf(externalRef),
  },
  ['SPDXID', 'name', 'downloadLocation', 'filesAnalyzed'],
);

const relationship = object(
  {
    spdxElementId: id,
    relatedSpdxElement: id,
    relationshipType: { enum: ['DESCRIBES', 'CONTAINS', 'DEPENDS_ON'] },
  },
  ['spdxElementId', 'relatedSpdxElement', 'relationshipType'],
);

/** For Ajv: the namespace is a URI without a fragment (6.5), the data is public domain (6.2). */
export const spdxSchema = object(
  {
    spdxVersion: { const: 'SPDX-2.3' },
    dataLicense: { const: 'CC0-1.0' },
    SPDXID: { const: 'SPDXRef-DOCUMENT' },
    name: text,
    documentNamespace: { type: 'string', pattern: '^https://[^#\\s]+$' },
    creationInfo,
    packages: listOf(packageOfDocument),
    relationships: listOf(relationship),
  },
  ['spdxVersion', 'dataLicense', 'SPDXID', 'name', 'documentNamespace', 'creationInfo', 'packages', 'relationships'],
);
