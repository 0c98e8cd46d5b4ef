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
      timeout: options.timeout ?? 300_000,
    });
    let stdout = '';
    let stderr = '';
    let ended = false;
    const look = (): void => {
      if (!options.until?.(stdout + stderr)) return;
      ended = true;
      child.kill('SIGTERM');
    };
    child.stdout.on('data', (data: Buffer) => {
      stdout += data.toString();
      look();
    });
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
      look();
    });
    child.on('error', (error) => done({ code: 127, stdout, stderr: stderr + error.message, timedOut: false }));
    child.on('close', (code, signal) =>
      done({ code: code ?? 1, stdout, stderr, timedOut: signal === 'SIGTERM' && !ended }),
    );
  });

/** Runs a program that has to succeed; throws with the end of what it said. */
export const mustRun = async (program: string, args: readonly string[], options: RunOptions = {}): Promise<string> => {
  const ended = await run(program, args, options);
  if (ended.code === 0) return ended.stdout.trim();
  const said = (ended.stderr || ended.stdout).trim().split('\n').slice(-15).join('\n');
  throw new Error(`${program} ${args.join(' ')}: exit ${ended.code}\n${said}`);
};
