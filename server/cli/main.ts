import { run } from './run.ts';

// `go-dockerfile lint | head` ends before we do.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

void run(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  input: () => process.stdin,
  folder: process.cwd(),
  environment: process.env,
  isTerminal: process.stdout.isTTY === true,
  today: new Date(),
}).then((code) => {
  process.exitCode = code;
});
