import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { findEngine } from '../../server/image/engine.ts';
import type { Engine } from '../../server/image/engine-model.ts';
import type { RunBuildRequest } from '../../server/image/run-build.ts';
import type { BuildOutcome } from '../../server/protocol.ts';
import type { Bench, Reached } from './bench-model.ts';

/** What is done with an engine in a folder of its own, with `prog` in it; throws when something is not as it has to be. */
export interface Scenario {
  readonly name: string;
  readonly run: (bench: Bench, folder: string) => Promise<void>;
  /** It takes long: done only when it is named. */
  readonly onRequest?: true;
}

/** Callbacks that listen to nothing. */
export const quiet = { onLog: () => {}, onStep: () => {} };
/** A signal without an abort. */
export const never = new AbortController().signal;

/** A build of lines, with the bench's own engine. */
export const request = (
  { settings, environment, network }: Reached,
  folder: string,
  lines: readonly string[],
): RunBuildRequest => {
  const dockerfile = path.join(folder, 'Dockerfile ü');
  writeFileSync(dockerfile, `${lines.join('\n')}\n`);
  const instructions = lines.map((text, line) => ({ line, text }));
  return { settings, environment, dockerfile, context: folder, instructions, ...(network && { options: { network } }) };
};

/** The engine that answers; throws when none does. */
export const engineOf = async ({ settings, environment }: Reached): Promise<Engine> => {
  const engine = await findEngine(settings, environment);
  if ('problem' in engine) throw new Error(engine.problem);
  return engine;
};

/** Throws what happened when nothing was built. */
export const isBuilt = (outcome: BuildOutcome): BuildOutcome & { kind: 'built' } => {
  assert.ok(outcome.kind === 'built', JSON.stringify(outcome));
  return outcome;
};

/** Throws what happened when it did not fail. */
export const failedOf = (outcome: BuildOutcome): BuildOutcome & { kind: 'failed' } => {
  assert.ok(outcome.kind === 'failed', JSON.stringify(outcome));
  return outcome;
};
