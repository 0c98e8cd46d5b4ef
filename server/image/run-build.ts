import type { BuildOutcome } from '../protocol.ts';
import { build } from './build.ts';
import { type EngineFinder, engineFinder } from './engine.ts';
import type { BuildCallbacks, BuildInput, Engine, EngineSettings, Environment } from './engine-model.ts';
import { explainMeasuring } from './explain/explain.ts';
import { measureImage } from './measure.ts';

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

async function buildAndMeasure(
  engine: Engine,
  request: RunBuildRequest,
  callbacks: BuildCallbacks,
  signal: AbortSignal,
): Promise<EndOfBuild> {
  const startedAt = performance.now();
  const result = await build(engine, request, callbacks, signal);
  const milliseconds = Math.round(performance.now() - startedAt);
  if (result.kind !== 'built') return result;
  callbacks.onStep('measuring the image');
  const { size, pullSize } = await measureImage(engine, result.image, signal);
  return {
    kind: 'built',
    size,
    ...(pullSize === undefined ? {} : { pullSize }),
    previousSize: request.previousSize,
    milliseconds,
    image: result.image,
    ...(result.tags.length > 0 && { tags: result.tags }),
    engine: engine.title,
    ...(request.options?.target !== undefined && { target: request.options.target }),
  };
}
