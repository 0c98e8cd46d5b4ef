import type { Range } from 'vscode-languageserver-types';
import type { SourceText } from '../dockerfile/model.ts';
import type { ShellWord } from '../shell/model.ts';

/** The text of a shell word without its quotes and escapes; variables stay as written. */
export const wordText = (raw: string): string =>
  raw.replace(
    /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g,
    (_, single: string | undefined, double: string | undefined, escaped: string | undefined) =>
      single ?? double?.replace(/\\([$`"\\])/g, '$1') ?? escaped ?? '',
  );

const isWholeQuoted = (raw: string): boolean => /^"(?:[^"\\]|\\[\s\S])*"$|^'[^']*'$/.test(raw);

/** A word made up from a nested script has no place of its own: its parts are as wide as the word. */
const hasOwnPlace = ({ raw, range }: ShellWord): boolean =>
  range.start.line !== range.end.line || range.end.character - range.start.character === raw.length;

/** Whether a word stands in the document as it is; one of a nested script may have no place of its own. */
export const isInPlace = ({ raw, range }: ShellWord, source: SourceText): boolean => {
  const start = source.offset(range.start);
  return source.content.slice(start, start + raw.length) === raw;
};

/** The part of a word behind a `=` (index in `raw`); the closing quote of `"-o=x"` is left out. */
export const wordAfter = (word: ShellWord, equals: number): ShellWord => {
  const from = equals + 1;
  const cut = isWholeQuoted(word.raw) ? 1 : 0;
  const raw = word.raw.slice(from, word.raw.length - cut);
  if (!hasOwnPlace(word)) return { ...word, raw };
  const { start, end } = word.range;
  const range: Range = {
    start: { line: start.line, character: start.character + from },
    end: { line: end.line, character: end.character - cut },
  };
  return { raw, range };
};

/** Splits text as go does for -ldflags and GOFLAGS: at blanks, with whole quoted fields; undefined for an open quote. */
export const splitFields = (text: string): readonly { text: string; start: number; end: number }[] | undefined => {
  const fields: { text: string; start: number; end: number }[] = [];
  const pattern = /\s*(?:'([^']*)'|"([^"]*)"|([^\s'"]\S*)|(['"]))/y;
  while (pattern.lastIndex < text.trimEnd().length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match || match[4] !== undefined) return undefined;
    const start = at + (match[0].length - match[0].trimStart().length);
    fields.push({ text: match[1] ?? match[2] ?? match[3] ?? '', start, end: pattern.lastIndex });
  }
  return fields;
};
