/** One directive of a go.mod, go.work or similar file; the words of a block carry the block's keyword. */
export interface ModLine {
  readonly directive: string;
  /** Quotes removed. */
  readonly words: readonly string[];
  /** Where the words stand in the line: first column, and the one behind the last; quotes included. */
  readonly columns: readonly (readonly [number, number])[];
  /** Text behind `//`, trimmed. */
  readonly comment: string;
  /** Zero-based. */
  readonly line: number;
}

const token = /"((?:[^"\\]|\\.)*)"|`([^`]*)`|[^\s"`()]+|[()]/g;

const splitComment = (text: string): { code: string; comment: string } => {
  const at = text.search(/(?:^|\s)\/\//);
  if (at < 0) return { code: text, comment: '' };
  return { code: text.slice(0, at), comment: text.slice(text.indexOf('//', at) + 2).trim() };
};

const tokensOf = (code: string): readonly RegExpExecArray[] => [...code.matchAll(token)];

const wordOf = ([whole, double, raw]: RegExpExecArray): string => double?.replace(/\\(.)/g, '$1') ?? raw ?? whole;

const columnsOf = ({ 0: whole, index }: RegExpExecArray): readonly [number, number] => [index, index + whole.length];

/** Reads a file of go.mod's grammar line by line. Lines that make no sense are passed over; nothing throws. */
export const modLines = (text: string): readonly ModLine[] => {
  const found: ModLine[] = [];
  let block: string | undefined;
  for (const [line, whole] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const { code, comment } = splitComment(whole);
    const tokens = tokensOf(code);
    const [words, columns] = [tokens.map(wordOf), tokens.map(columnsOf)];
    const [first, second] = words;
    if (first === undefined) continue;
    if (first === ')') {
      block = undefined;
      continue;
    }
    if (block !== undefined) {
      found.push({ directive: block, words, columns, comment, line });
      continue;
    }
    if (second === '(') {
      block = first;
      found.push({ directive: first, words: [], columns: [], comment, line });
      // `require ( )` on one line opens nothing.
      if (words.at(-1) === ')') block = undefined;
      continue;
    }
    found.push({ directive: first, words: words.slice(1), columns: columns.slice(1), comment, line });
  }
  return found;
};
