import type { Range } from 'vscode-languageserver-types';
import type { ShellWord, SimpleCommand } from '../shell/model.ts';
import { goVerbs, takesValue } from './go-flags.ts';
import type { GoCommand, GoFlag } from './model.ts';
import { wordAfter, wordText } from './word-text.ts';

/** Words that only start the command behind them, in the same environment. */
const transparent: ReadonlySet<string> = new Set(['time', 'exec', 'command', 'nohup']);

const toolName = (raw: string): 'go' | 'xx-go' | undefined => {
  const text = wordText(raw);
  if (text === 'go' || text === 'xx-go') return text;
  const match = /^\/(?:.*\/)?(go|xx-go)$/.exec(text);
  return match ? (match[1] === 'go' ? 'go' : 'xx-go') : undefined;
};

const spanOf = (from: Range, to: Range): Range => ({ start: from.start, end: to.end });

interface Parsed {
  readonly flags: readonly GoFlag[];
  /** Index of the first word that is not a flag or a flag's value. */
  readonly next: number;
}

const isFlag = (text: string): boolean => /^--?[A-Za-z]/.test(text);

/** An unquoted `$FLAGS` or `$(…)` before other flags can only stand for flags. */
const hidesFlags = (words: readonly ShellWord[], at: number, verb: string): boolean =>
  verb !== 'run' && /^[$`]/.test(words[at]?.raw ?? '') && words.slice(at + 1).some(({ raw }) => isFlag(wordText(raw)));

const oneFlag = (words: readonly ShellWord[], at: number, verb: string): { flag: GoFlag; next: number } | undefined => {
  const word = words[at];
  if (!word) return undefined;
  if (hidesFlags(words, at, verb)) return { flag: { name: '', value: word, range: word.range }, next: at + 1 };
  const text = wordText(word.raw);
  if (!isFlag(text)) return undefined;
  const name = text.replace(/^--?/, '').replace(/=[\s\S]*$/, '');
  const equals = word.raw.indexOf('=');
  if (equals >= 0) return { flag: { name, value: wordAfter(word, equals), range: word.range }, next: at + 1 };
  const value = takesValue(verb, name) ? words[at + 1] : undefined;
  if (!value) return { flag: { name, value: undefined, range: word.range }, next: at + 1 };
  return { flag: { name, value, range: spanOf(word.range, value.range) }, next: at + 2 };
};

const parseFlags = (words: readonly ShellWord[], from: number, verb: string): Parsed => {
  const flags: GoFlag[] = [];
  let next = from;
  for (;;) {
    const parsed = oneFlag(words, next, verb);
    if (!parsed) return { flags, next: wordText(words[next]?.raw ?? '') === '--' ? next + 1 : next };
    // What follows `go test -args` belongs to the test binary.
    if (verb === 'test' && parsed.flag.name === 'args') return { flags, next: words.length };
    flags.push(parsed.flag);
    next = parsed.next;
  }
};

/** go test alone takes flags after the packages too. */
const testArguments = (words: readonly ShellWord[], from: number) => {
  const flags: GoFlag[] = [];
  const operands: ShellWord[] = [];
  let next = from;
  while (next < words.length) {
    const parsed = parseFlags(words, next, 'test');
    flags.push(...parsed.flags);
    const operand = words[parsed.next];
    if (operand) operands.push(operand);
    next = parsed.next + 1;
  }
  return { flags, operands };
};

/** go run takes one package, or Go files; the rest are the program's arguments. */
const runOperands = (words: readonly ShellWord[]): readonly ShellWord[] => {
  const isFile = (word: ShellWord): boolean => wordText(word.raw).endsWith('.go');
  const end = words.findIndex((word) => !isFile(word));
  const files = end < 0 ? words : words.slice(0, end);
  return files.length > 0 ? files : words.slice(0, 1);
};

const nested: ReadonlySet<string> = new Set(['mod', 'work', 'tool', 'telemetry']);

const argumentsOf = (words: readonly ShellWord[], from: number, verb: string) => {
  if (verb === 'test') return { ...testArguments(words, from), subverb: undefined };
  const first = parseFlags(words, from, verb);
  if (!nested.has(verb)) {
    const rest = words.slice(first.next);
    return { flags: first.flags, operands: verb === 'run' ? runOperands(rest) : rest, subverb: undefined };
  }
  const name = words[first.next];
  const subverb = name && wordText(name.raw);
  if (verb === 'tool') return { flags: first.flags, operands: words.slice(first.next + 1), subverb };
  const second = parseFlags(words, first.next + 1, verb);
  return { flags: [...first.flags, ...second.flags], operands: words.slice(second.next), subverb };
};

/**
 * Reads a simple command as a go command line: `go`, `xx-go`, or either by absolute path, with a verb that go has.
 * Undefined for every other command, also for `go` whose verb is a variable.
 */
export const goCommandOf = (command: SimpleCommand): GoCommand | undefined => {
  const { words } = command;
  let at = 0;
  while (transparent.has(words[at]?.raw ?? '')) at++;
  const toolWord = words[at];
  const tool = toolWord && toolName(toolWord.raw);
  if (!toolWord || !tool) return undefined;
  const before = parseFlags(words, at + 1, '');
  const verbWord = words[before.next];
  const verb = verbWord && wordText(verbWord.raw);
  if (!verbWord || !verb || !goVerbs.has(verb)) return undefined;
  const parsed = argumentsOf(words, before.next + 1, verb);
  const flags = [...before.flags, ...parsed.flags];
  const chdir = flags.findLast(({ name }) => name === 'C')?.value;
  const { operands, subverb } = parsed;
  return { tool, verb, subverb, verbRange: verbWord.range, chdir, flags, operands, command, toolRange: toolWord.range };
};

/** The last flag of that name, which is the one that counts. */
export const flag = (command: GoCommand, name: string): GoFlag | undefined =>
  command.flags.findLast((candidate) => candidate.name === name);

const falseWords: ReadonlySet<string> = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/** Whether a boolean flag such as `-race` is on: given, and not as `-race=false`. A variable counts as given. */
export const isOn = (command: GoCommand, name: string): boolean => {
  const found = flag(command, name);
  return found !== undefined && !(found.value && falseWords.has(wordText(found.value.raw)));
};
