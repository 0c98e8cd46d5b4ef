import type { BuildOptions, BuildOutcome, ImageForPlatform } from '../protocol.ts';
import { type BuildResult, build } from './build.ts';
import { type EngineFinder, engineFinder } from './engine.ts';
import type { BuildCallbacks, BuildInput, Engine, EngineSettings, Environment } from './engine-model.ts';
import { explainMeasuring } from './explain/explain.ts';
import { measureImage } from './measure.ts';
import { isFor, optionsByPlatform } from './platforms.ts';

/** A build with everything that the server knows about it. */
export interface RunBuildRequest extends BuildInput {
  readonly settings: EngineSettings;
  /** `process.env` of the server. */
  readonly environment: Environment;
  /** Remembers the engine between builds; without, one is looked for. */
  readonly finder?: EngineFinder;
  /** Size in bytes of the previous measured build of this Dockerfile; undefined for the first. */
  readonly previousSize?: number | undefined;
}

type EndOfBuild = Extract<BuildOutcome, { kind: 'built' | 'failed' | 'cancelled' }>;

/**
 * Finds an engine, builds and measures. Never rejects: what goes wrong is an outcome with a sentence. `milliseconds` is the
 * time of the build alone. After an abort no process and no temporary file of it is left when the promise settles.
 */
export async function runBuild(
  request: RunBuildRequest,
  callbacks: BuildCallbacks,
  signal: AbortSignal,
): Promise<EndOfBuild> {
  const { settings, environment, finder = engineFinder() } = request;
  const engine = await finder.find(settings, environment, signal);
  if (signal.aborted) return { kind: 'cancelled' };
  if ('problem' in engine) return { kind: 'failed', reason: engine.problem };
  callbacks.onLog(`${engine.title}: ${engine.program}\r\n`);
  if (engine.note) callbacks.onLog(`${engine.note}\r\n`);
  try {
    const outcome = await buildAndMeasure(engine, request, callbacks, signal);
    // It may be another one, or none, the next time.
    if (outcome.kind === 'failed' && outcome.cause === 'engine') finder.forget();
    return outcome;
  } catch (error) {
    if (signal.aborted) return { kind: 'cancelled' };
    return { kind: 'failed', reason: explainMeasuring(error, engine) };
  }
}

/** Platform after platform: not every engine can load an image for several, and each has a size of its own. */
async function buildAndMeasure(
  engine: Engine,
  request: RunBuildRequest,
  callbacks: BuildCallbacks,
  signal: AbortSignal,
): Promise<EndOfBuild> {
  const [mainOptions, ...otherOptions] = optionsByPlatform(request.options);
  const isOne = otherOptions.length === 0;
  const main = await buildOne(engine, { ...request, options: mainOptions }, callbacks, signal);
  if (main.kind !== 'built') return isOne ? main : ofPlatform(main, mainOptions);
  const others: ImageForPlatform[] = [];
  let { milliseconds } = main;
  for (const options of otherOptions) {
    const other = await buildOne(engine, { ...request, options }, callbacks, signal);
    if (other.kind !== 'built') return ofPlatform(other, options);
    milliseconds += other.milliseconds;
    others.push({ platform: options.platform ?? '', image: other.image, ...other.sizes });
  }
  const { target } = mainOptions;
  return {
    kind: 'built',
    ...main.sizes,
    previousSize: request.previousSize,
    milliseconds,
    image: main.image,
    ...(main.tags.length > 0 && { tags: main.tags }),
    engine: engine.title,
    ...(target !== undefined && { target }),
    ...(!isOne && { platform: mainOptions.platform ?? '', others }),
  };
}

type Ended = Exclude<BuildResult, { kind: 'built' }>;

const ofPlatform = (ended: Ended, { platform }: BuildOptions): Ended =>
  ended.kind === 'failed' ? { ...ended, reason: `${platform}: ${ended.reason}` } : ended;

interface BuiltOne extends Extract<BuildResult, { kind: 'built' }> {
  readonly sizes: { readonly size: number; readonly pullSize?: number };
  readonly milliseconds: number;
}

async function buildOne(
  engine: Engine,
  request: RunBuildRequest,
  callbacks: BuildCallbacks,
  signal: AbortSignal,
): Promise<BuiltOne | Ended> {
  const startedAt = performance.now();
  const result = await build(engine, request, callbacks, signal);
  const milliseconds = Math.round(performance.now() - startedAt);
  if (result.kind !== 'built') return result;
  callbacks.onStep('measuring the image');
  const { size, pullSize, platform } = await measureImage(engine, result.image, signal);
  if (!isFor(request.options?.platform, platform)) {
    if (request.fresh) return { kind: 'failed', reason: `${engine.title} makes images for ${platform} only.` };
    // Podman, buildah and the legacy builder find the layers of FROM scratch in their cache whatever they are for.
    callbacks.onLog(`The cache held an image for ${platform}: it is built again without the cache.\r\n`);
    return buildOne(engine, { ...request, fresh: true }, callbacks, signal);
  }
  return { ...result, milliseconds, sizes: { size, ...(pullSize === undefined ? {} : { pullSize }) } };
}
