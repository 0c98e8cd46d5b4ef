import { spawn } from 'node:child_process';

/** What a program said and how it ended; `code` is 127 when it could not be started. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** It was killed when its time was over. */
  readonly timedOut: boolean;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until it is killed; 5 minutes if not said. */
  readonly timeout?: number;
  /** Ends the program as soon as what it has written so far (both streams) satisfies this. */
  readonly until?: (output: string) => boolean;
}

/** Runs a program to its end. Never throws. */
export const run = (program: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> =>
  new Promise((done) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGTERM');
    }, options.timeout ?? 300_000);
    let stdout = '';
    let stderr = '';
    const look = (): void => {
      if (options.until?.(stdout + stderr)) child.kill('SIGTERM');
    };
    child.stdout.on('data', (data: Buffer) => {
      stdout += data.toString();
      look();
    });
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
      look();
    });
    const end = (code: number, more = ''): void => {
      clearTimeout(timer);
      done({ code, stdout, stderr: stderr + more, timedOut });
    };
    child.on('error', (error) => end(127, error.message));
    child.on('close', (code) => end(code ?? 1));
  });

/** Runs a program that has to succeed; throws with the end of what it said. */
export const mustRun = async (program: string, args: readonly string[], options: RunOptions = {}): Promise<string> => {
  const ended = await run(program, args, options);
  if (ended.code === 0) return ended.stdout.trim();
  const said = (ended.stderr || ended.stdout).trim().split('\n').slice(-15).join('\n');
  throw new Error(`${program} ${args.join(' ')}: exit ${ended.code}\n${said}`);
};
