import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import type { ImageReport } from '../image/report/model.ts';
import { cycloneDx } from '../image/sbom/cyclonedx.ts';
import { materialsOf } from '../image/sbom/packages.ts';
import { spdx } from '../image/sbom/spdx.ts';
import type { Console } from './console.ts';
import { whyNot } from './dockerfile-text.ts';
import type { MeasureTarget } from './measure-target.ts';
import { fail } from './usage.ts';

/** Writes a bill of materials: SPDX for a name with `spdx` in it, else CycloneDX. Throws a UsageError. */
export async function writeSbom(
  given: string,
  { image }: MeasureTarget,
  report: ImageReport,
  console: Console,
): Promise<void> {
  const file = path.resolve(console.folder, given);
  const materials = materialsOf(image, report);
  const isSpdx = path.basename(given).toLowerCase().includes('spdx');
  const text = (isSpdx ? spdx : cycloneDx)(materials, manifest);
  await writeFile(file, text).catch((error: unknown) => fail(`${given} cannot be written: ${whyNot(error)}`));
  const count = materials.packages.length;
  console.err(
    `wrote ${given}: ${isSpdx ? 'SPDX 2.3' : 'CycloneDX 1.6'}, ${count} ${count === 1 ? 'package' : 'packages'}\n`,
  );
}
