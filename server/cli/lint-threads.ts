import { realpathSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { createProjects } from '../project/projects.ts';
import type { Console } from './console.ts';
import { type LintResults, lintTargets } from './lint-targets.ts';
import type { Target } from './targets.ts';

/** What a thread is given; all of it can be sent. */
interface Work extends Pick<Console, 'folder' | 'environment' | 'isTerminal' | 'today'> {
  readonly targets: readonly Target[];
  /** The number of the next batch that nobody has taken; every thread takes from here. */
  readonly next: SharedArrayBuffer;
}

/** Results by number of batch. */
type Batches = readonly (readonly [number, LintResults])[];

/** Dockerfiles that a thread takes at a time. */
const batch = 40;

/** With fewer Dockerfiles for each, a thread costs more than it saves. */
const worthAThread = 150;

/**
 * Makes V8 optimize later: of what Node.js 20 compiles for a run of seconds, most is done when the run is over, and each
 * thread compiles for itself. Newer ones have a quicker compiler in between, and stay as quick.
 */
const optimizeLater = (): void => setFlagsFromString('--interrupt-budget=600000');

/** Checks all targets, in several threads where that is quicker; the results are in the order of the targets. */
export async function lintTogether(targets: readonly Target[], console: Console): Promise<LintResults> {
  const { program, folder, environment, isTerminal, today } = console;
  if (targets.length >= worthAThread) optimizeLater();
  const threads = Math.min(availableParallelism(), Math.floor(targets.length / worthAThread));
  // npm's bin is a link; the sources cannot be started in a thread.
  const file = threads > 1 && program !== undefined ? realpathSync(program) : '';
  if (!file.endsWith('.cjs')) return lintTargets(targets, 'not', console);
  const work: Work = {
    targets,
    folder,
    environment: { ...environment },
    isTerminal,
    today,
    next: new SharedArrayBuffer(4),
  };
  const others = Array.from({ length: threads - 1 }, () => resultsOf(new Worker(file, { workerData: work })));
  const all = await Promise.all([lintBatches(work, console), ...others]);
  const results = all
    .flat()
    .sort(([one], [other]) => one - other)
    .map(([, result]) => result);
  return {
    linted: results.flatMap(({ linted }) => linted),
    // A configuration file is read by every thread.
    problems: [...new Set(results.flatMap(({ problems }) => problems))],
  };
}

/** In a thread that `lintTogether` started: lints, and sends the results. */
export async function lintInThread(): Promise<void> {
  const work: Work = workerData;
  const input = (): never => {
    throw new Error('no thread reads standard input');
  };
  // Nothing is fixed, so nothing is said.
  parentPort?.postMessage(await lintBatches(work, { ...work, input, out: () => undefined, err: () => undefined }));
}

async function lintBatches({ targets, next }: Work, console: Console): Promise<Batches> {
  const counter = new Int32Array(next);
  const projects = createProjects();
  const done: [number, LintResults][] = [];
  for (;;) {
    const number = Atomics.add(counter, 0, 1);
    const mine = targets.slice(number * batch, (number + 1) * batch);
    if (mine.length === 0) return done;
    done.push([number, await lintTargets(mine, 'not', console, projects)]);
  }
}

/** Rejects when the thread ends without a result. */
function resultsOf(worker: Worker): Promise<Batches> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('a thread ended early')));
  });
}
