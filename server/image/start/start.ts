import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Engine } from '../engine-model.ts';
import { withoutLogFrame } from '../log-frame.ts';
import { type ProgramEnd, programOutput, runProgram } from '../process.ts';
import type { StartReport } from '../report/run-model.ts';
import { explainStart } from './explain-start.ts';
import { containerMemory, listeningPort } from './observe.ts';

/** What a container is started with. */
export interface StartInput {
  readonly image: string;
  /** The image's own user when it is not root, else `65532:65532`. */
  readonly user: string;
  /** Milliseconds after which it is stopped. */
  readonly timeout: number;
}

const shownLines = 20;
const memoryLimit = '512m';

/**
 * Starts the image without network, rights and a file system to write to, watches it and removes it. Rejects with a sentence when
 * the engine cannot run images, and with the signal's reason after an abort; what the image does is a report.
 */
export async function startImage(engine: Engine, input: StartInput, signal: AbortSignal): Promise<StartReport> {
  if (engine.kind === 'buildah') throw new Error('buildah starts no containers: use docker, podman or nerdctl');
  const name = `go-dockerfile-start-${randomBytes(6).toString('hex')}`;
  const begun = performance.now();
  let output = '';
  const collect = (text: string): void => {
    if (output.length < 100_000) output += text;
  };
  const over = new AbortController();
  const remove = () =>
    programOutput(engine.program, ['rm', '--force', name], engine.environment, new AbortController().signal);
  const running = runProgram(engine.program, runArguments(name, input), {
    environment: engine.environment,
    signal: AbortSignal.any([signal, over.signal]),
    onStdout: collect,
    onStderr: collect,
  });
  const ended = running.then((end) => ({ end, milliseconds: performance.now() - begun }));
  try {
    const seen = await watch(engine, name, input.timeout, begun, ended);
    const { code, startError }: ProgramEnd = seen.stopped ? { code: undefined } : (await ended).end;
    if (startError) throw new Error(`${engine.program} cannot be started (${startError.code})`);
    signal.throwIfAborted();
    const milliseconds = Math.round(seen.stopped ? performance.now() - begun : (await ended).milliseconds);
    return reportOf({ output, code, stopped: seen.stopped, milliseconds }, seen);
  } finally {
    await remove();
    over.abort();
    await running;
  }
}

const runArguments = (name: string, { image, user }: StartInput): readonly string[] => [
  'run',
  '--rm',
  '--name',
  name,
  '--network=none',
  '--read-only',
  '--cap-drop=ALL',
  '--security-opt=no-new-privileges',
  `--memory=${memoryLimit}`,
  '--pids-limit=256',
  '--user',
  user,
  image,
];

interface Seen {
  readonly stopped: boolean;
  readonly listening?: { readonly port: number; readonly milliseconds: number };
  readonly memory?: number;
}

/** Looks at the container until it ends, its time is over, or it listens and its memory is known. */
async function watch(
  engine: Engine,
  name: string,
  timeout: number,
  begun: number,
  ended: Promise<unknown>,
): Promise<Seen> {
  let isOver = false;
  const end = ended.then(() => {
    isOver = true;
  });
  const stop = AbortSignal.timeout(timeout);
  let seen: Omit<Seen, 'stopped'> = {};
  while (!isOver && !stop.aborted) {
    await Promise.race([end, wait(100)]);
    if (isOver) break;
    const port = await listeningPort(engine, name, stop);
    if (port !== undefined) {
      seen = { listening: { port, milliseconds: Math.round(performance.now() - begun) } };
      break;
    }
  }
  if (isOver) return { ...seen, stopped: false };
  const memory = await containerMemory(engine, name, AbortSignal.timeout(5000));
  return { ...seen, ...(memory === undefined ? {} : { memory }), stopped: !isOver };
}

function reportOf(
  run: { output: string; code: number | undefined; stopped: boolean; milliseconds: number },
  { listening, memory }: Seen,
): StartReport {
  const { code, stopped, milliseconds } = run;
  const output = withoutLogFrame(run.output);
  const refused =
    !stopped &&
    code !== 0 &&
    /Error response from daemon|^exec |OCI runtime|unable to start container|crun:/m.test(output);
  const explanation = stopped || code === 0 ? undefined : explainStart(output, code);
  return {
    outcome: stopped ? 'running' : refused ? 'refused' : 'exited',
    ...(code === undefined ? {} : { code }),
    milliseconds,
    ...(listening ? { listening } : {}),
    ...(memory === undefined ? {} : { memory }),
    output: output
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
      .slice(0, shownLines),
    ...(explanation === undefined ? {} : { explanation }),
  };
}
