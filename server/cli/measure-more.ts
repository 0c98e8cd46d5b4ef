import type { ImageReport } from '../image/report/model.ts';
import { materialsOf } from '../image/sbom/packages.ts';
import { startImage } from '../image/start/start.ts';
import { runTools, type Scanned, toolsThere } from '../image/supply-chain.ts';
import type { Console } from './console.ts';
import type { MeasureTarget } from './measure-target.ts';
import { fail } from './usage.ts';

/** Milliseconds that a container gets to show what it does. */
const startTime = 10_000;

/** Starts the image and adds how that went. Throws a UsageError for an archive. */
export async function withStart(
  report: ImageReport,
  { inEngine }: MeasureTarget,
  signal: AbortSignal,
): Promise<ImageReport> {
  if (!inEngine) return fail('--start needs an image that an engine has: load the archive first');
  const { user, root } = report.facts;
  const input = { image: inEngine.reference, user: root === 'yes' ? '65532:65532' : user, timeout: startTime };
  const start = await startImage(inEngine.engine, input, signal).catch((error: unknown) =>
    fail(error instanceof Error ? error.message : String(error)),
  );
  return { ...report, start };
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
