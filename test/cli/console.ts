import { Readable } from 'node:stream';
import { run } from '../../server/cli/run.ts';
import type { ExitCode } from '../../server/cli/usage.ts';

/** What one run printed. */
export interface Run {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly input?: string | Buffer;
  readonly environment?: Readonly<Record<string, string>>;
  readonly isTerminal?: boolean;
}

/** Runs the real command line in this process, in a folder, with captured streams. */
export async function runIn(folder: string, args: readonly string[], options: RunOptions = {}): Promise<Run> {
  let [out, err] = ['', ''];
  const code = await run(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    input: () => Readable.from([Buffer.from(options.input ?? '')]),
    folder,
    environment: options.environment ?? {},
    isTerminal: options.isTerminal ?? false,
    today: new Date('2026-01-01'),
  });
  return { code, out, err };
}
