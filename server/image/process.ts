import { type ChildProcess, spawn } from 'node:child_process';
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

/** Milliseconds that a program gets after SIGINT, and again after SIGTERM. */
const grace = { interrupt: 3000, terminate: 3000 } as const;

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
  signalGroup(child, 'SIGINT');
  timers.push(setTimeout(() => signalGroup(child, 'SIGTERM'), grace.interrupt));
  timers.push(setTimeout(() => signalGroup(child, 'SIGKILL'), grace.interrupt + grace.terminate));
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || process.platform === 'win32') return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already: what was wanted.
  }
}
