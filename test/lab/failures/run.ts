import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Engine } from '../engine.ts';
import { writeFolder } from '../folder.ts';
import { type Made, provide, referencesOf } from '../images/references.ts';
import { workshop } from '../images/store.ts';
import type { Row } from '../runner.ts';
import { type BuilderAt, buildersFor } from './builders.ts';
import { type FailureCase, filesOf } from './case.ts';
import { explainLog, firstFix, fixedText, misexplained } from './judge.ts';
import { startRegistry } from './registry.ts';

/** Where the Dockerfiles of the table look for the lab's registry. */
const registryPort = 5999;
/** A folder for what the engines print: test/image/failures has what the unit tests read. */
const recording = process.env.GO_DOCKERFILE_RECORD;

const provideAll = async (engine: Engine, made: Made, dockerfile: string): Promise<readonly string[]> => {
  const references = referencesOf(dockerfile).filter((reference) => !/^localhost|\$|^x:/.test(reference));
  const kinds = await Promise.all(references.map((reference) => provide(engine, made, reference)));
  return references.filter((_, index) => kinds[index] !== 'unknown');
};

/** Paths and times differ between two runs; what they name does not matter. */
const settled = (log: string, folder: string): string => log.replaceAll(folder, '/context');

const failsAsTold = async (
  builder: BuilderAt,
  failure: FailureCase,
  folder: string,
  references: readonly string[],
): Promise<string> => {
  await writeFolder(folder, filesOf(failure));
  const { log, code } = await builder.build(folder, failure.options ?? [], references);
  if (code === 0) return 'the build passed';
  if (recording) {
    await mkdir(resolve(recording, builder.name), { recursive: true });
    const file = resolve(recording, builder.name, `${failure.name}.log`);
    await writeFile(file, `${settled(log, folder).trimEnd()}\n[exit ${code}]\n`);
  }
  return misexplained(failure, explainLog(builder.name, failure.dockerfile, log, code));
};

/** The fixed Dockerfile, built once more. */
const isRepaired = async (builder: BuilderAt, failure: FailureCase, folder: string, engine: Engine, made: Made) => {
  const found = { cause: failure.cause, values: {}, line: (failure.line ?? 0) - 1, reason: '' };
  const fix = firstFix(failure, found);
  if (!fix) return 'there is no fix';
  const dockerfile = fixedText(failure, fix);
  const references = await provideAll(engine, made, dockerfile);
  await writeFolder(folder, filesOf({ ...failure, dockerfile }));
  const { log, code } = await builder.build(folder, failure.options ?? [], references);
  return code === 0 ? '' : `fixed, and it still fails: ${log.trim().split('\n').slice(-6).join('\n')}\n${dockerfile}`;
};

/** Makes one failure happen on every builder that is asked for. */
export const runFailure = async (engine: Engine, made: Made, failure: FailureCase): Promise<readonly Row[]> => {
  const references = await provideAll(engine, made, failure.dockerfile);
  const registry = await startRegistry(registryPort);
  const rows: Row[] = [];
  try {
    for (const builder of await buildersFor(engine, failure)) {
      const start = performance.now();
      const folder = resolve(workshop, 'failures', failure.name);
      let reason = await failsAsTold(builder, failure, folder, references).catch(String);
      if (!reason && failure.repaired) reason = await isRepaired(builder, failure, folder, engine, made).catch(String);
      const seconds = (performance.now() - start) / 1000;
      const verdict = reason ? 'failed' : 'passed';
      rows.push({ rule: 'failures', name: `${failure.name} (${builder.name})`, verdict, seconds, reason });
    }
  } finally {
    registry.close();
  }
  return rows;
};
