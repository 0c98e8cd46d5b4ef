import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Reading } from '../analysis/go/reading.ts';
import { improve } from '../generate/improve/improve.ts';
import type { Console } from './console.ts';
import { whyNot } from './dockerfile-text.ts';
import { type ExitCode, exitCodes, fail } from './usage.ts';

/**
 * `go-dockerfile generate --improve`: prints the rewrite of the folder's Dockerfile, or writes it with --force, and lists
 * on standard error what of the old text is not in it. Throws a UsageError when there is nothing that could be rewritten.
 */
export async function improveCommand(
  reading: Reading,
  folder: string,
  force: boolean,
  console: Console,
): Promise<ExitCode> {
  const target = path.join(folder, 'Dockerfile');
  const text = await readFile(target, 'utf8').catch((error: unknown) =>
    fail(`${target} cannot be read: ${whyNot(error)}`),
  );
  const made = improve(text, reading, folder, console.today.toISOString().slice(0, 10));
  if ('reason' in made) return fail(`${target} cannot be rewritten: ${made.reason}`);
  for (const line of made.notKept) console.err(`not kept: ${line}\n`);
  if (!force) {
    console.out(made.dockerfile);
    return exitCodes.clean;
  }
  await writeFile(target, made.dockerfile).catch((error: unknown) =>
    fail(`${target} cannot be written: ${whyNot(error)}`),
  );
  console.err(`wrote ${target}\n`);
  return exitCodes.clean;
}
