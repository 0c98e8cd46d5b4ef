import type { ImageReport } from '../image/report/model.ts';
import { materialsOf } from '../image/sbom/packages.ts';
import { startReported } from '../image/start/start-reported.ts';
import type { ImagePlace } from '../image/tools/tool.ts';
import { runTools, toolsThere } from '../image/tools/tools.ts';
import type { Console } from './console.ts';
import type { MeasureTarget } from './measure-target.ts';
import { fail } from './usage.ts';

/** Starts the image and adds how that went. Throws a UsageError for an archive. */
export async function withStart(
  report: ImageReport,
  { inEngine }: MeasureTarget,
  signal: AbortSignal,
): Promise<ImageReport> {
  if (!inEngine) return fail('--start needs an image that an engine has: load the archive first');
  return startReported(report, inEngine, signal).catch((error: unknown) =>
    fail(error instanceof Error ? error.message : String(error)),
  );
}

/** Adds what a bill of materials has, and the tools that are there; `scan` runs them. Throws a UsageError. */
export async function withSupplyChain(
  report: ImageReport,
  { name, image, inEngine, archive, analysis }: MeasureTarget,
  scan: boolean,
  console: Console,
  signal: AbortSignal,
): Promise<ImageReport> {
  const packages = materialsOf(image, report).packages.length;
  const place: ImagePlace | undefined = inEngine ?? (archive === undefined ? undefined : { archive });
  if (scan && !place) fail('--scan needs an image or an uncompressed archive: save or unpack it first');
  const published = inEngine && !analysis ? name : undefined;
  const subject = { programs: report.binaries, published, folder: console.folder };
  const tools =
    scan && place
      ? await runTools({ ...subject, image: place }, console.environment, signal)
      : await toolsThere({ ...subject, image: place }, console.environment, signal);
  return { ...report, supplyChain: { packages, tools } };
}
