import { type ParseArgsConfig, parseArgs } from 'node:util';
import { fail, suggestion } from './usage.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ options: T; allowPositionals: true; allowNegative: true; strict: true }>
>;

/** Options and the other arguments. Throws a UsageError that names the wrong option and the likeliest right one. */
export function readOptions<const T extends Options>(args: readonly string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, allowNegative: true, strict: true });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const unknown = /^Unknown option '(-[^']*)'/.exec(text)?.[1];
    if (unknown === undefined) fail(text.split('\n', 1).join(''));
    const names = Object.keys(options).map((name) => `--${name}`);
    fail(`unknown option ${unknown}${suggestion(unknown, names)}`);
  }
}

/** The value when it is one of the allowed ones. Throws a UsageError that lists them. */
export function oneOf<const T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  return found ?? fail(`${option} is ${allowed.join(', ')}, not "${value}"${suggestion(value, allowed)}`);
}
