import type { Lookup } from '../dockerfile/expand.ts';
import { modified } from '../dockerfile/modifiers.ts';
import { certain, type Known, knownValue, type Step, unknown } from '../known.ts';
import { plainStretch } from '../plain-stretch.ts';
import type { ShellWord } from './model.ts';

/** Deeper nesting of `${…${…}}` than this is not followed. */
const deepest = 50;

/** A word of nothing but these stands for itself. */
const ordinary = /^[\w@%+=:,./-]*$/;

interface Lexer {
  readonly raw: string;
  readonly lookup: Lookup;
  at: number;
  depth: number;
}

const joined = (parts: readonly Known<string>[]): Known<string> => {
  const because: Step[] = [];
  const text: string[] = [];
  for (const part of parts) {
    if (!part.known) return unknown;
    text.push(part.value);
    because.push(...part.because);
  }
  return certain(text.join(''), because);
};

/** Moves past everything: nothing is known of a word with this in it. */
const giveUp = (lexer: Lexer): Known<string> => {
  lexer.at = lexer.raw.length;
  return unknown;
};

const singleQuoted = (lexer: Lexer): Known<string> => {
  const end = lexer.raw.indexOf("'", lexer.at + 1);
  if (end < 0) return giveUp(lexer);
  const text = lexer.raw.slice(lexer.at + 1, end);
  lexer.at = end + 1;
  return certain(text);
};

const escaped = (lexer: Lexer, inQuotes: boolean): Known<string> => {
  const next = lexer.raw[lexer.at + 1] ?? '';
  lexer.at += 2;
  if (next === '\n') return certain('');
  return certain(inQuotes && !'$`"\\'.includes(next) ? `\\${next}` : next);
};

const operation = (lexer: Lexer, name: string, inQuotes: boolean): Known<string> => {
  const written = /^(:?[-+?=]|##?|%%?|\/\/?)/.exec(lexer.raw.slice(lexer.at, lexer.at + 2))?.[0];
  if (!written) return giveUp(lexer);
  lexer.at += written.length;
  const value = lexer.lookup(name);
  if (/^:?[-+?=]$/.test(written)) {
    const word = until(lexer, '}', inQuotes, false);
    return modified(value, written.replace('=', '-'), word, certain(''));
  }
  // Quotes and brackets mean more in patterns than is followed here.
  const rest = /^([^{}"'$`\\[\]()|/]*)(?:\/([^{}"'$`\\&/]*))?\}/.exec(lexer.raw.slice(lexer.at, lexer.at + 500));
  const hasReplacement = written.startsWith('/');
  if (!rest || (!hasReplacement && rest[2] !== undefined) || /^[#%]/.test(hasReplacement ? (rest[1] ?? '') : ''))
    return giveUp(lexer);
  lexer.at += rest[0].length;
  return modified(value, written, certain(rest[1] ?? ''), certain(rest[2] ?? ''));
};

const braced = (lexer: Lexer, inQuotes: boolean): Known<string> => {
  const name = /^[A-Za-z_]\w*/.exec(lexer.raw.slice(lexer.at + 2, lexer.at + 200))?.[0];
  if (!name || lexer.depth > deepest) return giveUp(lexer);
  lexer.at += 2 + name.length;
  if (lexer.raw[lexer.at] === '}') {
    lexer.at++;
    return lexer.lookup(name) ?? certain('');
  }
  lexer.depth++;
  const part = operation(lexer, name, inQuotes);
  lexer.depth--;
  return part;
};

const dollar = (lexer: Lexer, inQuotes: boolean): Known<string> => {
  const next = lexer.raw[lexer.at + 1] ?? '';
  if (next === '{') return braced(lexer, inQuotes);
  const name = /^[A-Za-z_]\w*/.exec(lexer.raw.slice(lexer.at + 1, lexer.at + 200))?.[0];
  if (name) {
    lexer.at += 1 + name.length;
    return lexer.lookup(name) ?? certain('');
  }
  if (/[\d@*#?$!(-]/.test(next) || (!inQuotes && /['"]/.test(next))) return giveUp(lexer);
  lexer.at++;
  return certain('$');
};

const doubleQuoted = (lexer: Lexer): Known<string> => {
  lexer.at++;
  return until(lexer, '"', true, false);
};

const plain = (lexer: Lexer, inQuotes: boolean, isWord: boolean): Known<string> => {
  const { raw, at } = lexer;
  const char = raw[at] ?? '';
  const isGlob =
    !inQuotes && (/[*?[]/.test(char) || (char === '{' && isWord && /^\{[^{}]*(,|\.\.)/.test(raw.slice(at, at + 200))));
  if (isGlob) return giveUp(lexer);
  lexer.at++;
  return certain(char);
};

/** `~` or `~/…` at the start is HOME. */
const tilde = (lexer: Lexer): Known<string> => {
  if (!/^~(\/|$)/.test(lexer.raw)) return giveUp(lexer);
  lexer.at++;
  return lexer.lookup('HOME') ?? unknown;
};

const partAt = (lexer: Lexer, inQuotes: boolean, isWord: boolean): Known<string> => {
  const char = lexer.raw[lexer.at];
  if (char === '\\') return escaped(lexer, inQuotes);
  if (char === '$') return dollar(lexer, inQuotes);
  if (char === '`' || (char === '"' && inQuotes)) return giveUp(lexer);
  if (char === '"') return doubleQuoted(lexer);
  if (char === "'" && !inQuotes) return singleQuoted(lexer);
  if (char === '~' && lexer.at === 0 && isWord) return tilde(lexer);
  return plain(lexer, inQuotes, isWord);
};

/** Expands up to `stop`, which is passed over; a `stop` that never comes makes the word unknown. */
const until = (lexer: Lexer, stop: string, inQuotes: boolean, isWord: boolean): Known<string> => {
  const parts: Known<string>[] = [];
  while (lexer.at < lexer.raw.length) {
    if (lexer.raw[lexer.at] === stop) {
      lexer.at++;
      return joined(parts);
    }
    const same = plainStretch(lexer.raw, lexer.at);
    lexer.at += same.length;
    parts.push(same === '' ? partAt(lexer, inQuotes, isWord) : certain(same));
  }
  return stop === '' ? joined(parts) : unknown;
};

/**
 * What a word stands for in a POSIX shell: quotes removed, variables filled in; an unset one is empty. Unknown for
 * command and arithmetic substitution, globs, braces and special parameters. Words are not split at blanks that come out
 * of a variable.
 */
export const expandShellWord = ({ raw }: ShellWord, lookup: Lookup): Known<string> =>
  ordinary.test(raw) ? certain(raw) : until({ raw, lookup, at: 0, depth: 0 }, '', false, true);

/** The word's value when it is the same whatever the variables are. */
export const literal = (word: ShellWord): string | undefined => knownValue(expandShellWord(word, () => unknown));

/** Names of the variables that stand in a word as plain `$NAME` or `${NAME}`, up to what is not followed (`$(…)`). */
export const plainVariables = (word: ShellWord): readonly string[] => {
  const names = new Set<string>();
  expandShellWord(word, (name) => {
    names.add(name);
    return certain('');
  });
  return [...names].filter((name) => !new RegExp(`\\$\\{${name}[^}\\w]`).test(word.raw));
};

/** Whether a script has a name in it other than as a use: `for NAME in`, `read NAME` or an assignment may set it. */
export const mayBeAssigned = (name: string, script: string): boolean =>
  new RegExp(`(^|[^$\\w{])${name}\\b`).test(script);

/** The quote that is still open behind the first `end` characters. */
export const openQuote = (raw: string, end: number): string => {
  let quote = '';
  for (let at = 0; at < end; at++) {
    const char = raw[at] ?? '';
    if (char === '\\' && quote !== "'") at++;
    else if (quote) quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
  }
  return quote;
};

/**
 * The word without its first `from` characters (as written), range moved along. When they leave a quote open,
 * as in `"-o=/a b"` from 4 on, the quote is put before the rest, so that the rest still reads as one word.
 */
export const subWord = ({ raw, range }: ShellWord, from: number): ShellWord => {
  const dropped = raw.slice(0, from);
  const lines = dropped.split('\n');
  const start =
    lines.length > 1
      ? { line: range.start.line + lines.length - 1, character: lines.at(-1)?.length ?? 0 }
      : { line: range.start.line, character: range.start.character + dropped.length };
  return {
    raw: openQuote(raw, from) + raw.slice(from),
    range: { start, end: range.end },
  };
};
