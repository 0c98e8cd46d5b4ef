import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Console } from './console.ts';
import { readOptions } from './options.ts';
import { type ExitCode, exitCodes, fail } from './usage.ts';

/** `go-dockerfile lsp --stdio`: the server bundle beside this one takes over the process. */
export async function lspCommand(args: readonly string[], _console: Console): Promise<ExitCode> {
  readOptions(args, { stdio: { type: 'boolean' } });
  const program = process.argv[1] ?? fail('the language server runs only as a program');
  // npm's bin is a link.
  const server = path.join(path.dirname(realpathSync(program)), 'server.cjs');
  if (!existsSync(server)) fail(`${server} is missing: install go-dockerfile again`);
  // The server reads the transport from the command line.
  if (!process.argv.includes('--stdio')) process.argv.push('--stdio');
  await import(pathToFileURL(server).href);
  return exitCodes.clean;
}
