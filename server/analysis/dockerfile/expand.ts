import { certain, type Known, type Step, unknown } from '../known.ts';
import { plainStretch } from '../plain-stretch.ts';
import { modified } from './modifiers.ts';

/** A variable's value: undefined is surely unset. */
export type Lookup = (name: string) => Known<string> | undefined;

/** A use of a variable inside a word; `start` and `end` count characters of the word and take in `$`, braces and modifiers. */
export interface VariableUse {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Deeper nesting of `${…${…}}` than this is not followed. */
const deepest = 50;

/** A word without any of these stands for itself. */
const special = /["'$\\`]/;

interface Lexer {
  readonly raw: string;
  readonly lookup: Lookup;
  readonly escape: string;
  readonly uses: VariableUse[];
  at: number;
  depth: number;
}

/** What a part of a word expands to; undefined after what BuildKit calls an error. */
type Part = Known<string> | undefined;

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

const singleQuoted = (lexer: Lexer): Part => {
  const end = lexer.raw.indexOf("'", lexer.at + 1);
  if (end < 0) return undefined;
  const text = lexer.raw.slice(lexer.at + 1, end);
  lexer.at = end + 1;
  return certain(text);
};

const doubleQuoted = (lexer: Lexer, keepEscapes: boolean): Part => {
  const parts: Known<string>[] = [];
  const { raw } = lexer;
  for (lexer.at++; lexer.at < raw.length; ) {
    const char = raw[lexer.at] ?? '';
    if (char === '"') {
      lexer.at++;
      return joined(parts);
    }
    if (char === '$') {
      const part = dollar(lexer);
      if (!part) return undefined;
      parts.push(part);
      continue;
    }
    const same = plainStretch(raw, lexer.at);
    if (same !== '') {
      parts.push(certain(same));
      lexer.at += same.length;
      continue;
    }
    const next = raw[lexer.at + 1];
    const isEscape = char === lexer.escape && next !== undefined && ['"', '$', lexer.escape].includes(next);
    parts.push(certain(isEscape ? `${keepEscapes ? char : ''}${next}` : char));
    lexer.at += isEscape ? 2 : 1;
  }
  return undefined;
};

/** Expands up to the character `stop`, which is passed over; up to the end without one. */
const until = (lexer: Lexer, stop: string, keepEscapes: boolean): Part => {
  const parts: Known<string>[] = [];
  const { raw } = lexer;
  while (lexer.at < raw.length) {
    const char = raw[lexer.at] ?? '';
    if (char === stop) {
      lexer.at++;
      return joined(parts);
    }
    const same = plainStretch(raw, lexer.at);
    if (same !== '') {
      parts.push(certain(same));
      lexer.at += same.length;
      continue;
    }
    const part = specialPart(lexer, char, keepEscapes);
    if (part === 'plain') {
      const isEscape = char === lexer.escape;
      parts.push(certain(isEscape ? (keepEscapes ? char : '') + (raw[lexer.at + 1] ?? '') : char));
      lexer.at += isEscape ? 2 : 1;
      continue;
    }
    if (!part) return undefined;
    parts.push(part);
  }
  return stop === '' ? joined(parts) : undefined;
};

const specialPart = (lexer: Lexer, char: string, keepEscapes: boolean): Part | 'plain' => {
  if (char === "'") return singleQuoted(lexer);
  if (char === '"') return doubleQuoted(lexer, keepEscapes);
  return char === '$' ? dollar(lexer) : 'plain';
};

const nameAt = (raw: string, at: number): string =>
  /^(\d+|[@*#?$!-]|[\p{L}_][\p{L}\p{Nd}_]*)/u.exec(raw.slice(at, at + 300))?.[0] ?? '';

const valueFor = ({ lookup }: Lexer, name: string): Known<string> | undefined =>
  /^[\p{L}_]/u.test(name) ? lookup(name) : undefined;

const braced = (lexer: Lexer): Part => {
  const { raw } = lexer;
  const start = lexer.at;
  const name = nameAt(raw, start + 2);
  lexer.at = start + 2 + name.length;
  const use = lexer.uses.push({ name, start, end: raw.length }) - 1;
  const value = valueFor(lexer, name);
  const part = raw[lexer.at] === '}' ? (value ?? certain('')) : operation(lexer, value);
  if (raw[lexer.at] === '}' && lexer.at === start + 2 + name.length) lexer.at++;
  lexer.uses[use] = { name, start, end: lexer.at };
  return name === '' ? undefined : part;
};

const operation = (lexer: Lexer, value: Known<string> | undefined): Part => {
  const written = /^(:[-+?]|[-+?]|##?|%%?|\/\/?)/.exec(lexer.raw.slice(lexer.at, lexer.at + 2))?.[0];
  if (!written) return undefined;
  lexer.at += written.length;
  if (written.startsWith('/')) {
    const pattern = until(lexer, '/', true);
    const replacement = pattern && until(lexer, '}', true);
    return pattern && replacement && modified(value, written, pattern, replacement);
  }
  const word = until(lexer, '}', /^[#%]/.test(written));
  return word && modified(value, written, word, certain(''));
};

const dollar = (lexer: Lexer): Part => {
  const { raw, at } = lexer;
  if (lexer.depth > deepest) return undefined;
  if (raw[at + 1] === '{') {
    lexer.depth++;
    const part = braced(lexer);
    lexer.depth--;
    return part;
  }
  const name = nameAt(raw, at + 1);
  lexer.at += 1 + name.length;
  if (name === '') return certain('$');
  lexer.uses.push({ name, start: at, end: lexer.at });
  return valueFor(lexer, name) ?? certain('');
};

const lexerOf = (raw: string, lookup: Lookup, escapeChar: string): Lexer => ({
  raw,
  lookup,
  escape: escapeChar,
  uses: [],
  at: 0,
  depth: 0,
});

/**
 * A word with its quotes removed and its variables filled in, as BuildKit does it. Unknown when a variable that matters
 * is, and for what BuildKit refuses. The steps of every variable that was used come along.
 */
export const expandWord = (raw: string, lookup: Lookup, escapeChar: '\\' | '`'): Known<string> =>
  special.test(raw) ? (until(lexerOf(raw, lookup, escapeChar), '', false) ?? unknown) : certain(raw);

/** Where a word uses variables, nested ones too, in the order they start. */
export const variablesIn = (raw: string, escapeChar: '\\' | '`'): readonly VariableUse[] => {
  if (!raw.includes('$')) return [];
  const lexer = lexerOf(raw, () => undefined, escapeChar);
  until(lexer, '', false);
  return lexer.uses;
};
