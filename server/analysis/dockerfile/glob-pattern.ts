// Ours, because what ${name#pattern} and its kin ask is how much of a text a pattern takes, at least or at most. Glob
// libraries say only whether all of it fits, stop `*` at a slash, and turn the pattern into a regular expression that can
// take for ever.

/** A part of a shell pattern: any text, any one character, or this character. */
type Token = { readonly kind: 'any' } | { readonly kind: 'one' } | { readonly kind: 'char'; readonly char: string };

/** A shell pattern without bracket expressions. */
export type GlobPattern = readonly Token[];

/** `*` and `?` with `\` before what is meant literally; undefined for an escape that means nothing. */
export const globPattern = (text: string): GlobPattern | undefined => {
  const tokens: Token[] = [];
  const characters = [...text];
  for (let at = 0; at < characters.length; at++) {
    const char = characters[at] ?? '';
    if (char === '*') tokens.push({ kind: 'any' });
    else if (char === '?') tokens.push({ kind: 'one' });
    else if (char !== '\\') tokens.push({ kind: 'char', char });
    else {
      const next = characters[++at];
      if (next === undefined || !'*?\\/}'.includes(next)) return undefined;
      tokens.push({ kind: 'char', char: next });
    }
  }
  return tokens;
};

/** States reachable without reading: `*` may stand for nothing. */
const closed = (states: ReadonlySet<number>, pattern: GlobPattern): ReadonlySet<number> => {
  const all = new Set(states);
  for (const state of all) if (pattern[state]?.kind === 'any') all.add(state + 1);
  return all;
};

const stepped = (states: ReadonlySet<number>, pattern: GlobPattern, char: string): ReadonlySet<number> => {
  const next = new Set<number>();
  for (const state of states) {
    const token = pattern[state];
    if (token?.kind === 'any') next.add(state);
    else if (token?.kind === 'one' || (token?.kind === 'char' && token.char === char)) next.add(state + 1);
  }
  return closed(next, pattern);
};

/** How many characters from `from` on the pattern takes, at least or at most; undefined when it does not match there. */
const matchLength = (
  pattern: GlobPattern,
  characters: readonly string[],
  from: number,
  longest: boolean,
): number | undefined => {
  let states = closed(new Set([0]), pattern);
  let found: number | undefined;
  for (let at = from; states.size > 0; at++) {
    if (states.has(pattern.length)) {
      found = at - from;
      if (!longest) return found;
    }
    const char = characters[at];
    if (char === undefined) break;
    states = stepped(states, pattern, char);
  }
  return found;
};

/** `value` without what the pattern takes at its start. */
export const withoutPrefix = (value: string, pattern: GlobPattern, longest: boolean): string => {
  const characters = [...value];
  return characters.slice(matchLength(pattern, characters, 0, longest) ?? 0).join('');
};

/** `value` without what the pattern takes at its end. */
export const withoutSuffix = (value: string, pattern: GlobPattern, longest: boolean): string => {
  const reversed = [...value].reverse();
  const length = matchLength([...pattern].reverse(), reversed, 0, longest) ?? 0;
  return reversed.slice(length).reverse().join('');
};

/** `value` with the first match, or every match, replaced; undefined for a repeated match of nothing, or too much work. */
export const replaced = (
  value: string,
  pattern: GlobPattern,
  replacement: string,
  every: boolean,
): string | undefined => {
  const characters = [...value];
  if (characters.length * characters.length * (pattern.length + 1) > 1e7) return undefined;
  if (every && pattern.every(({ kind }) => kind === 'any')) return undefined;
  const out: string[] = [];
  let at = 0;
  while (at <= characters.length) {
    const length = matchLength(pattern, characters, at, true);
    if (length === undefined) {
      out.push(characters[at++] ?? '');
      continue;
    }
    out.push(replacement);
    at += length;
    if (!every) return [...out, ...characters.slice(at)].join('');
  }
  return out.join('');
};
