/** Where the comment that starts at `at` ends (past its newline for a line comment); `at` itself when none starts there. */
export const skipComment = (text: string, at: number): number => {
  if (text[at] !== '/') return at;
  const kind = text[at + 1];
  if (kind !== '/' && kind !== '*') return at;
  const end = text.indexOf(kind === '/' ? '\n' : '*/', at + 2);
  if (end < 0) return text.length;
  return end + (kind === '/' ? 1 : 2);
};

/** Past the Go string, raw string or rune literal that starts at `at`; an unfinished one ends with its line or the file. */
export const skipLiteral = (text: string, at: number): number => {
  const quote = text[at];
  if (quote === '`') {
    const end = text.indexOf('`', at + 1);
    return end < 0 ? text.length : end + 1;
  }
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === quote || text[i] === '\n') return i + 1;
  }
  return text.length;
};

/** True for a character that opens a Go literal with quotes. */
export const isQuote = (char: string | undefined): boolean => char === '"' || char === '`' || char === "'";

/** Past blanks, semicolons and comments; every comment's start and end are told. */
export const skipBlank = (text: string, from: number, comment?: (start: number, end: number) => void): number => {
  let at = from;
  while (at < text.length) {
    const char = text[at];
    if (char === ' ' || char === '\n' || char === '\t' || char === '\r' || char === ';' || char === '\ufeff') {
      at++;
      continue;
    }
    const end = skipComment(text, at);
    if (end === at) return at;
    comment?.(at, end);
    at = end;
  }
  return at;
};
