import manifest from '../../../package.json' with { type: 'json' };
import type { SbomFormat } from '../../build-protocol.ts';
import type { ReadImage } from '../archive/read-archive.ts';
import type { ImageReport } from '../report/model.ts';
import { cycloneDx } from './cyclonedx.ts';
import { materialsOf } from './packages.ts';
import { spdx } from './spdx.ts';

const formats = {
  cyclonedx: { title: 'CycloneDX 1.6', write: cycloneDx },
  spdx: { title: 'SPDX 2.3', write: spdx },
} as const satisfies Record<SbomFormat, unknown>;

/** A bill of materials as JSON text, and what it is: `CycloneDX 1.6, 12 packages`. */
export function sbomOf(
  format: SbomFormat,
  image: ReadImage,
  report: ImageReport,
): { readonly text: string; readonly summary: string } {
  const materials = materialsOf(image, report);
  const { title, write } = formats[format];
  const count = materials.packages.length;
  return {
    text: write(materials, manifest),
    summary: `${title}, ${count} ${count === 1 ? 'package' : 'packages'}`,
  };
}
