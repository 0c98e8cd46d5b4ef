/** Text taken out of quotes: `offsets[i]` is where character `i` stands in the text around it. */
export interface NestedText {
  readonly text: string;
  readonly offsets: readonly number[];
}

/** Removes the backslash before each of the characters in `escapable`; positions are kept. */
export const unescaped = (text: string, start: number, end: number, escapable: string): NestedText => {
  const characters: string[] = [];
  const offsets: number[] = [];
  for (let at = start; at < end; at++) {
    if (text[at] === '\\' && at + 1 < end && escapable.includes(text[at + 1] ?? '')) at++;
    characters.push(text[at] ?? '');
    offsets.push(at);
  }
  return { text: characters.join(''), offsets };
};

/** The decoded text of a JSON string's inside; undefined when it is not `decoded` (a string broken over lines). */
export const jsonDecoded = (inside: string, decoded: string): NestedText | undefined => {
  const offsets: number[] = [];
  for (let at = 0; at < inside.length; at++) {
    if (inside[at] === '\\') at += inside[at + 1] === 'u' ? 5 : 1;
    offsets.push(at);
  }
  return offsets.length === decoded.length ? { text: decoded, offsets } : undefined;
};
