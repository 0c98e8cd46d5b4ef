import { reportHtml } from '../image/page/report-page.ts';
import { builtFrom } from '../image/report/built-from.ts';
import { withComparison } from '../image/report/compare.ts';
import type { ImageReport } from '../image/report/model.ts';
import { reportImage } from '../image/report/report.ts';
import { budgetIn, parseSize } from './budget.ts';
import { type Console, wantsColour } from './console.ts';
import { withStart, withSupplyChain } from './measure-more.ts';
import { type MeasureTarget, openTarget } from './measure-target.ts';
import { oneOf, readOptions } from './options.ts';
import { plain } from './paint.ts';
import { reportText } from './report-text.ts';
import { type ExitCode, exitCodes, fail } from './usage.ts';
import { writeSbom } from './write-sbom.ts';

/**
 * `go-dockerfile measure`: 1 when the image is over its budget or surely does not start. Throws a UsageError for wrong options,
 * and for an image that cannot be built or read.
 */
export async function measureCommand(args: readonly string[], console: Console): Promise<ExitCode> {
  const { values, positionals } = readOptions(args, {
    format: { type: 'string', default: 'text' },
    budget: { type: 'string' },
    compare: { type: 'string' },
    target: { type: 'string' },
    platform: { type: 'string' },
    sbom: { type: 'string' },
    start: { type: 'boolean', default: false },
    scan: { type: 'boolean', default: false },
  });
  if (positionals.length > 1) fail('measure takes one Dockerfile, image or archive');
  const format = oneOf('--format', values.format, ['text', 'json', 'html']);
  if (values.platform?.includes(',')) fail('--platform takes one platform: measure the image of each by itself');
  const asked = values.budget === undefined ? undefined : budgetOf(values.budget);
  const options = { target: values.target, platform: values.platform };
  const { signal, release } = interruptible();
  try {
    const measured = await openTarget(positionals[0] ?? '.', console, options, signal);
    const read = await reportOf(measured, values.compare, console, signal);
    const checked = await withSupplyChain(read, measured, values.scan, console, signal);
    const report = values.start ? await withStart(checked, measured, signal) : checked;
    const budget = asked ?? (measured.analysis && budgetIn(measured.analysis.dockerfile));
    if (values.sbom !== undefined) await writeSbom(values.sbom, measured, report, console);
    const verdict = verdictOf(report, budget);
    if (format === 'json') console.out(`${JSON.stringify(report, null, 2)}\n`);
    else if (format === 'html') console.out(reportHtml(report));
    else console.out(reportText(report, wantsColour(console)));
    for (const line of verdict) console.err(`go-dockerfile: ${plain(line)}\n`);
    return verdict.length > 0 ? exitCodes.findings : exitCodes.clean;
  } finally {
    release();
  }
}

const budgetOf = (given: string): number =>
  parseSize(given) ?? fail(`--budget is a size such as 20MB or 18.5MiB, not "${given}"`);

async function reportOf(
  { name, image, analysis }: MeasureTarget,
  compare: string | undefined,
  console: Console,
  signal: AbortSignal,
): Promise<ImageReport> {
  const report = reportImage(name, image, analysis && builtFrom(analysis));
  if (compare === undefined) return report;
  const other = await openTarget(compare, console, { target: undefined, platform: image.config.platform }, signal);
  return withComparison(report, image, other.name, other.image);
}

/** What makes the command end with 1: one line each. */
function verdictOf({ size, facts, start }: ImageReport, budget: number | undefined): readonly string[] {
  const over =
    budget !== undefined && size > budget
      ? [`the image has ${size} bytes, ${size - budget} more than its budget of ${budget}`]
      : [];
  const problems = (facts.program?.problems ?? []).map((problem) => `it does not start: ${problem}`);
  const failed = start && start.outcome !== 'running' && start.code !== 0;
  const run = failed
    ? [`it ended with ${start.code ?? 'a signal'}: ${start.explanation ?? start.output.at(-1) ?? 'it said nothing'}`]
    : [];
  return [...over, ...problems, ...run];
}

/** A signal that an interrupt from the keyboard raises, so that the engine's work ends before we do. */
function interruptible(): { readonly signal: AbortSignal; readonly release: () => void } {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort(new Error('interrupted'));
  process.once('SIGINT', interrupt);
  return { signal: stop.signal, release: () => process.removeListener('SIGINT', interrupt) };
}
