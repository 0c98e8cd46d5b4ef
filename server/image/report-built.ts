import type { Analysis } from '../analysis/analyze.ts';
import type { Engine, Environment } from './engine-model.ts';
import { readImage } from './measure.ts';
import { builtFrom } from './report/built-from.ts';
import { withComparison } from './report/compare.ts';
import type { ImageReport } from './report/model.ts';
import { reportImage } from './report/report.ts';
import { materialsOf } from './sbom/packages.ts';
import { startReported } from './start/start-reported.ts';
import { runTools, toolsThere } from './tools/tools.ts';

/** What is asked about an image that was built. */
export interface ReportQuestion {
  /** As the engine knows it. */
  readonly image: string;
  /** How it is called on the page. */
  readonly name: string;
  /** Of the Dockerfile it was built from; undefined when that has changed since. */
  readonly analysis: Analysis | undefined;
  readonly target: string | undefined;
  /** Bytes to pull, where the lens found out: engines save some images uncompressed. */
  readonly pullSize: number | undefined;
  /** Another image of the engine, and how the page calls it. */
  readonly compare: { readonly image: string; readonly name: string } | undefined;
  readonly start: boolean;
  /** Whether tools of other people look into it. */
  readonly scan: boolean;
  /** A name that it can be pushed under. */
  readonly published: string | undefined;
  /** Absolute path of the folder that the Dockerfile is in. */
  readonly folder: string;
}

/** Reads an image of the engine and reports on it. Rejects with a sentence, also after an abort. */
export async function reportBuilt(
  engine: Engine,
  { image, name, analysis, target, pullSize, compare, start, scan, published, folder }: ReportQuestion,
  environment: Environment,
  signal: AbortSignal,
): Promise<ImageReport> {
  const read = await readImage(engine, image, signal);
  const report = reportImage(name, read, analysis && builtFrom(analysis, target));
  const scanned = { image: { engine, reference: image }, programs: report.binaries, published, folder };
  const tools = await (scan ? runTools : toolsThere)(scanned, environment, signal);
  const supplyChain = { packages: materialsOf(read, report).packages.length, tools };
  const compared =
    compare === undefined
      ? report
      : withComparison(report, read, compare.name, await readImage(engine, compare.image, signal));
  const whole = { ...compared, compressed: compared.compressed ?? pullSize, supplyChain };
  return start ? startReported(whole, { engine, reference: image }, signal) : whole;
}
