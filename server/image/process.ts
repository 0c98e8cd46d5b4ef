import { type ChildProcess, spawn } from 'node:child_process';
import { descendantsOutsideGroup } from './descendants.ts';
import type { Environment } from './engine-model.ts';

/** How a program ended. `code` is undefined when a signal ended it or it could not be started (`startError`). */
export interface ProgramEnd {
  readonly code: number | undefined;
  readonly startError?: NodeJS.ErrnoException;
}

/** Chunks of output; a returned promise holds the program back until it settles. */
export interface ProgramStreams {
  readonly onStdout?: (text: string) => void;
  readonly onStderr?: (text: string) => void;
  /** Takes standard output as bytes, with back-pressure, in place of `onStdout`. Its rejection ends the program. */
  readonly consume?: (stdout: NodeJS.ReadableStream & AsyncIterable<Buffer>) => Promise<void>;
}

/** Milliseconds that a program gets to clean up after its RUN was killed, then after SIGINT, then after SIGTERM. */
const grace = { cleanUp: 2000, interrupt: 3000, terminate: 3000 } as const;

/**
 * Runs a program without a shell in a process group of its own. An abort interrupts the whole group, then terminates, then
 * kills it; the promise settles when all of it is gone. Rejects only with the error of `consume`.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: { readonly environment: Environment; readonly signal: AbortSignal; readonly cwd?: string } & ProgramStreams,
): Promise<ProgramEnd> {
  if (options.signal.aborted) return { code: undefined };
  const child = spawn(program, [...args], {
    env: { ...options.environment },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = ended(child);
  const timers: NodeJS.Timeout[] = [];
  let stopping = false;
  const stop = (): void => {
    stopping = true;
    stopGroup(child, timers);
  };
  options.signal.addEventListener('abort', stop, { once: true });
  // An editor that dies takes the server with it, without a word: what runs in groups of its own would run on.
  const abandon = (): void => {
    killOutside(child);
    signalGroup(child, 'SIGTERM');
  };
  process.once('exit', abandon);
  child.once('exit', () => {
    // What outlives a stopped client would run on unseen and hold the pipes open.
    if (stopping) signalGroup(child, 'SIGKILL');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => options.onStderr?.(text));
  try {
    if (options.consume) await consumeOrStop(child, options.consume, stop, end);
    else child.stdout.setEncoding('utf8').on('data', (text: string) => options.onStdout?.(text));
    return await end;
  } finally {
    options.signal.removeEventListener('abort', stop);
    process.removeListener('exit', abandon);
    for (const timer of timers) clearTimeout(timer);
  }
}

/** Output and end of a short program; both streams up to 1 MB. */
export async function programOutput(
  program: string,
  args: readonly string[],
  environment: Environment,
  signal: AbortSignal,
): Promise<ProgramEnd & { readonly stdout: string; readonly stderr: string }> {
  let stdout = '';
  let stderr = '';
  const limit = 1_000_000;
  const end = await runProgram(program, args, {
    environment,
    signal,
    onStdout: (text) => {
      stdout = (stdout + text).slice(0, limit);
    },
    onStderr: (text) => {
      stderr = (stderr + text).slice(0, limit);
    },
  });
  return { ...end, stdout, stderr };
}

function ended(child: ChildProcess): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    child.once('error', (startError: NodeJS.ErrnoException) => {
      if (child.pid === undefined) resolve({ code: undefined, startError });
    });
    child.once('close', (code) => resolve({ code: code ?? undefined }));
  });
}

async function consumeOrStop(
  child: ChildProcess,
  consume: NonNullable<ProgramStreams['consume']>,
  stop: () => void,
  end: Promise<ProgramEnd>,
): Promise<void> {
  if (!child.stdout) return;
  try {
    await consume(child.stdout);
  } catch (error) {
    if (child.exitCode === null && child.signalCode === null) stop();
    child.stdout.resume();
    await end;
    throw error;
  }
}

function stopGroup(child: ChildProcess, timers: NodeJS.Timeout[]): void {
  if (process.platform === 'win32') {
    if (child.pid !== undefined) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { windowsHide: true });
    return;
  }
  // A RUN whose process is gone fails, and podman then cleans up, which it does not when interrupted.
  const first = killOutside(child) ? grace.cleanUp : 0;
  const later = (after: number, signal: NodeJS.Signals): void => {
    timers.push(
      setTimeout(() => {
        killOutside(child);
        signalGroup(child, signal);
      }, first + after),
    );
  };
  later(0, 'SIGINT');
  later(grace.interrupt, 'SIGTERM');
  later(grace.interrupt + grace.terminate, 'SIGKILL');
}

/** Whether there was a process that had left the group. */
function killOutside(child: ChildProcess): boolean {
  const outside = child.pid === undefined ? [] : descendantsOutsideGroup(child.pid);
  for (const pid of outside) kill(pid, 'SIGKILL');
  return outside.length > 0;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || process.platform === 'win32') return;
  kill(-child.pid, signal);
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already: what was wanted.
  }
}
