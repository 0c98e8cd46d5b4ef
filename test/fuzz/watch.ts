import { Worker } from 'node:worker_threads';

/** Runs beside a thread that may hang, and ends the process then. */
const program = `
const { workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
setTimeout(() => {
  writeSync(1, workerData.message + '\\n0 passed, 1 failed, 0 skipped\\n');
  process.kill(process.pid, 'SIGKILL');
}, workerData.milliseconds);
`;

/** Ends the process with a message when it is not stopped within so many milliseconds. */
export function watch(message: string, milliseconds: number): { readonly stop: () => void } {
  const worker = new Worker(program, { eval: true, workerData: { message, milliseconds } });
  return { stop: () => void worker.terminate() };
}
