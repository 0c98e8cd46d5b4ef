import { createHash } from 'node:crypto';
import type { Materials, Package, Program } from './packages.ts';

/** A bill of materials in CycloneDX 1.6, as JSON text. */
export function cycloneDx(materials: Materials, tool: { readonly version: string }): string {
  const { name, created, programs, packages } = materials;
  const root = 'image';
  const content = {
    metadata: {
      timestamp: created,
      tools: { components: [{ type: 'application', name: 'go-dockerfile', version: tool.version }] },
      component: { type: 'container', 'bom-ref': root, name },
    },
    components: [...programs.map(programComponent), ...packages.map(packageComponent)],
    dependencies: [
      { ref: root, dependsOn: [...programs.map(programRef), ...systemPackages(packages).map(({ purl }) => purl)] },
      ...programs.map((program) => ({ ref: programRef(program), dependsOn: unique(dependenciesOf(program)) })),
    ],
  };
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify(content))}`,
    version: 1,
    ...content,
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

const unique = (refs: readonly string[]): readonly string[] => [...new Set(refs)];

const programRef = ({ path }: Program): string => `file:${path}`;

const dependenciesOf = ({ main, uses }: Program): readonly string[] => (main ? [main.purl, ...uses] : uses);

const systemPackages = (packages: readonly Package[]): readonly Package[] =>
  packages.filter(({ purl }) => !purl.startsWith('pkg:golang/'));

const programComponent = (program: Program) => ({
  type: 'application',
  'bom-ref': programRef(program),
  name: program.path,
  ...(program.main?.version ? { version: program.main.version } : {}),
  ...(program.sha256 === undefined ? {} : { hashes: [{ alg: 'SHA-256', content: program.sha256 }] }),
});

const packageComponent = ({ purl, name, version, license }: Package) => ({
  type: 'library',
  'bom-ref': purl,
  name,
  ...(version === '' ? {} : { version }),
  purl,
  ...(license === undefined ? {} : { licenses: [{ license: { name: license } }] }),
});

/** A UUID made from a text: the same for the same text (version 8, RFC 9562). */
export function uuidOf(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hash[16] ?? '0', 16) & 3) | 8).toString(16);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    variant + hash.slice(17, 20),
    hash.slice(20, 32),
  ].join('-');
}
