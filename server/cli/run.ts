import manifest from '../../package.json' with { type: 'json' };
import type { Console } from './console.ts';
import { help } from './help.ts';
import { type ExitCode, exitCodes, fail, isUsageError, suggestion } from './usage.ts';

type Command = (args: readonly string[], console: Console) => Promise<ExitCode>;

/** Each is loaded when it is asked for. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  lint: async () => (await import('./lint.ts')).lintCommand,
  explain: async () => (await import('./explain.ts')).explainCommand,
  generate: async () => (await import('./generate.ts')).generateCommand,
  measure: async () => (await import('./measure.ts')).measureCommand,
  lsp: async () => (await import('./lsp.ts')).lspCommand,
};

/** Runs one command line (without `node` and the program). Never rejects: an error is one line on standard error and exit code 2. */
export async function run(args: readonly string[], console: Console): Promise<ExitCode> {
  try {
    return await dispatch(args, console);
  } catch (error) {
    console.err(
      `go-dockerfile: ${isUsageError(error) ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
    );
    return exitCodes.error;
  }
}

async function dispatch([name, ...rest]: readonly string[], console: Console): Promise<ExitCode> {
  if (name === '--version' || name === '-v') return print(console, `${manifest.version}\n`);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return print(console, help(rest[0]));
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) fail(`unknown command "${name}"${suggestion(name, Object.keys(commands))} (go-dockerfile --help)`);
  if (rest.includes('--help') || rest.includes('-h')) return print(console, help(name));
  return (await command())(rest, console);
}

function print(console: Console, text: string): ExitCode {
  console.out(text);
  return exitCodes.clean;
}
