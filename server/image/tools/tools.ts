import type { Engine, Environment } from '../engine-model.ts';
import { programsNamed } from '../programs.ts';
import type { ToolReport } from '../report/run-model.ts';
import { cosign } from './cosign.ts';
import { govulncheck } from './govulncheck.ts';
import { imageOf, imagesIn, runInEngine } from './in-engine.ts';
import { savedImage } from './saved.ts';
import { scanners } from './scanners.ts';
import type { Contained, ImagePlace, Result, Scanned, Subject, Tool } from './tool.ts';

const tools: readonly Tool[] = [...scanners, govulncheck, cosign];

/** Which tools of other people are there, on the PATH or as images of the engine, in a fixed order. Runs none of them. */
export async function toolsThere(
  subject: Subject,
  environment: Environment,
  signal: AbortSignal,
): Promise<readonly ToolReport[]> {
  const found = await findTools(subject, environment, signal);
  return found.map((one) => ({ tool: one.tool.tool, ...without(one, subject) }));
}

/** Runs those that have something to say of an image; they may use the network for their databases. Rejects after an abort. */
export async function runTools(
  subject: Subject & { readonly image: ImagePlace },
  environment: Environment,
  signal: AbortSignal,
): Promise<readonly ToolReport[]> {
  const reports: ToolReport[] = [];
  const saved = savedImage(subject.image, signal);
  const scanned: Scanned = { ...subject, archive: saved.archive };
  try {
    for (const found of await findTools(scanned, environment, signal)) {
      const there = without(found, scanned);
      const result = there.state === 'available' ? await run(found, scanned, environment, signal) : there;
      reports.push({ tool: found.tool.tool, ...result });
    }
  } finally {
    await saved.remove();
  }
  return reports;
}

/** Where a tool is; in the engine only when no program is there. */
interface FoundTool {
  readonly tool: Tool;
  readonly program: string | undefined;
  readonly inEngine?: { readonly engine: Engine; readonly tool: Contained; readonly image: string };
}

async function findTools(
  { image }: Subject,
  environment: Environment,
  signal: AbortSignal,
): Promise<readonly FoundTool[]> {
  const onPath = tools.map((tool): FoundTool => ({ tool, program: programsNamed(tool.tool, environment)[0] }));
  const engine = image && 'engine' in image ? image.engine : undefined;
  const images = engine && onPath.some(isMissing) ? await imagesIn(engine, signal) : [];
  return onPath.map((found) => {
    const { contained } = found.tool;
    const named = contained && isMissing(found) ? imageOf(contained, images) : undefined;
    return engine && contained && named !== undefined
      ? { ...found, inEngine: { engine, tool: contained, image: named } }
      : found;
  });
}

const isMissing = ({ program }: FoundTool): boolean => program === undefined;

/** What is said of a tool before it runs. */
function without({ tool, program, inEngine }: FoundTool, subject: Subject): Result {
  if (program === undefined && !inEngine) return { state: 'missing', summary: `not on the PATH: ${tool.get}` };
  const unfit = tool.unfit?.(subject);
  if (unfit !== undefined) return { state: 'unfit', summary: unfit };
  return { state: 'available', summary: program === undefined ? `image ${inEngine?.image}` : 'on the PATH' };
}

async function run(
  { tool, program, inEngine }: FoundTool,
  scanned: Scanned,
  environment: Environment,
  signal: AbortSignal,
): Promise<Result> {
  try {
    if (program !== undefined) return await tool.run(program, scanned, environment, signal);
    if (inEngine) return await runInEngine(inEngine.engine, inEngine, await scanned.archive(), signal);
  } catch (error) {
    signal.throwIfAborted();
    return { state: 'failed', summary: error instanceof Error ? error.message : String(error) };
  }
  return { state: 'missing', summary: tool.get };
}
