import type { Span } from './words.ts';

/** A string of a JSON array: the decoded value and the span inside its quotes. */
export interface JsonString extends Span {
  readonly value: string;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The strings of the array that `span` of `text` is, or undefined when it is no JSON array of strings: then it is shell form. */
export const jsonStrings = (text: string, { start, end }: Span): readonly JsonString[] | undefined => {
  if (text[start] !== '[' || text[end - 1] !== ']') return undefined;
  const values = parsed(text.slice(start, end));
  if (!Array.isArray(values) || !values.every((value) => typeof value === 'string')) return undefined;
  const strings: JsonString[] = [];
  for (let at = start; at < end; at++) {
    if (text[at] !== '"') continue;
    const from = at + 1;
    at = from;
    while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    strings.push({ start: from, end: at, value: String(values[strings.length]) });
  }
  return strings;
};
