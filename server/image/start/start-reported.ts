import type { Engine } from '../engine-model.ts';
import type { ImageReport } from '../report/model.ts';
import { startImage } from './start.ts';

/** Milliseconds that a container gets to show what it does. */
const startTime = 10_000;

/** Starts an image that was read, locked up and never as root, and adds how that went. Rejects with a sentence. */
export async function startReported(
  report: ImageReport,
  { engine, reference }: { readonly engine: Engine; readonly reference: string },
  signal: AbortSignal,
): Promise<ImageReport> {
  const { user, root } = report.facts;
  const input = { image: reference, user: root === 'yes' ? '65532:65532' : user, timeout: startTime };
  return { ...report, start: await startImage(engine, input, signal) };
}
