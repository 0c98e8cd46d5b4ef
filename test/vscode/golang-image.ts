import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A tag of a golang image that an engine of this machine already has; nothing is pulled. Undefined: none. */
export async function localGolangImage(): Promise<string | undefined> {
  for (const engine of ['docker', 'podman']) {
    const tag = await golangOf(engine);
    if (tag) return tag;
  }
  return undefined;
}

/** Undefined as well when the engine is not there or does not answer. */
async function golangOf(engine: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(engine, ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}']);
    const tags = stdout.split('\n').flatMap((line) => /(?:^|\/)(golang:1\.26[\w.-]*)$/.exec(line)?.[1] ?? []);
    return tags.sort()[0];
  } catch {
    return undefined;
  }
}
