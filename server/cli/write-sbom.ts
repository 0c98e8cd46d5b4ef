import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ImageReport } from '../image/report/model.ts';
import { sbomOf } from '../image/sbom/sbom.ts';
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
  const format = path.basename(given).toLowerCase().includes('spdx') ? 'spdx' : 'cyclonedx';
  const { text, summary } = sbomOf(format, image, report);
  await writeFile(file, text).catch((error: unknown) => fail(`${given} cannot be written: ${whyNot(error)}`));
  console.err(`wrote ${given}: ${summary}\n`);
}
