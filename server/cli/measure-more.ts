import type { ImageReport } from '../image/report/model.ts';
import { materialsOf } from '../image/sbom/packages.ts';
import { startReported } from '../image/start/start-reported.ts';
import { runTools, type Scanned, toolsThere } from '../image/supply-chain.ts';
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
  { image, inEngine, archive }: MeasureTarget,
  scan: boolean,
  console: Console,
  signal: AbortSignal,
): Promise<ImageReport> {
  const packages = materialsOf(image, report).packages.length;
  const scanned: Scanned | undefined = inEngine ?? (archive === undefined ? undefined : { archive });
  if (scan && !scanned) fail('--scan needs an image or an archive, not standard input');
  const tools =
    scan && scanned ? await runTools(scanned, console.environment, signal) : toolsThere(console.environment);
  return { ...report, supplyChain: { packages, tools } };
}
