import { isMainThread } from 'node:worker_threads';
import { run } from './run.ts';
import { standardInput } from './standard-input.ts';

const runHere = async (): Promise<void> => {
  // `go-dockerfile lint | head` ends before we do.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
  process.exitCode = await run(process.argv.slice(2), {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    input: standardInput,
    folder: process.cwd(),
    environment: process.env,
    isTerminal: process.stdout.isTTY === true,
    today: new Date(),
    program: process.argv[1],
  });
};

/** One of the threads of `lint`. */
const lintHere = async (): Promise<void> => (await import('./lint-threads.ts')).lintInThread();

void (isMainThread ? runHere() : lintHere());
