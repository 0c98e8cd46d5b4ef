import { certain, type Known, unknown } from '../known.ts';
import { globPattern, replaced, withoutPrefix, withoutSuffix } from './glob-pattern.ts';

const defaulted = (value: Known<string> | undefined, operator: string, word: Known<string>): Known<string> => {
  if (value && !value.known) return unknown;
  const isSet = value !== undefined && !(operator.startsWith(':') && value.value === '');
  if (operator.endsWith('+')) return isSet ? withSteps(word, value) : certain('');
  if (isSet) return value;
  return operator.endsWith('-') ? word : unknown;
};

const withSteps = (word: Known<string>, value: Known<string>): Known<string> =>
  word.known && value.known ? certain(word.value, [...value.because, ...word.because]) : unknown;

const removed = (value: string, operator: string, word: string): string | undefined => {
  const pattern = globPattern(word);
  if (!pattern) return undefined;
  const longest = operator.length === 2;
  return operator.startsWith('#') ? withoutPrefix(value, pattern, longest) : withoutSuffix(value, pattern, longest);
};

const exchanged = (value: string, operator: string, word: string, replacement: string): string | undefined => {
  const pattern = globPattern(word);
  const every = operator === '//';
  // With `//` BuildKit reads `$1` in the replacement as a group.
  if (!pattern || (every && replacement.includes('$'))) return undefined;
  return replaced(value, pattern, replacement, every);
};

/** `${X<operator>word}` with the value of X: `-` `:-` `+` `:+` `?` `:?` `#` `##` `%` `%%` `/` `//`. */
export const modified = (
  value: Known<string> | undefined,
  operator: string,
  word: Known<string>,
  replacement: Known<string>,
): Known<string> => {
  if (/^:?[-+?]$/.test(operator)) return defaulted(value, operator, word);
  const subject = value ?? certain('');
  if (!subject.known || !word.known || !replacement.known) return unknown;
  const changed = operator.startsWith('/')
    ? exchanged(subject.value, operator, word.value, replacement.value)
    : removed(subject.value, operator, word.value);
  return changed === undefined
    ? unknown
    : certain(changed, [...subject.because, ...word.because, ...replacement.because]);
};
