import type { LogicalLine } from './lines.ts';
import type { Script, SourceText } from './model.ts';
import type { Span } from './words.ts';

const isBlank = (char: string | undefined): boolean => char === undefined || char === ' ' || char === '\t';

/**
 * Text for a continuation that a shell reads as nothing. Spaces where words end anyway: they also do the right thing in
 * quotes and in shell comments, which Docker continues. Inside a word only escaped newlines join both halves.
 */
const filler = (length: number, before: string | undefined, after: string | undefined): string =>
  isBlank(before) || isBlank(after) || length % 2 === 1 ? ' '.repeat(length) : '\\\n'.repeat(length / 2);

/** The part of an instruction that `span` covers as one shell text with the offsets of the document. */
export const scriptOf = (line: LogicalLine, span: Span, source: SourceText): Script => {
  const { content } = source;
  const start = line.at(span.start);
  const end = Math.max(start, line.endAt(span.end));
  const parts: string[] = [];
  let done = start;
  for (const piece of line.pieces) {
    const from = Math.max(piece.start, start);
    const to = Math.min(piece.end, end);
    if (from >= to) continue;
    if (from > done) parts.push(filler(from - done, done > start ? content[done - 1] : undefined, content[from]));
    parts.push(content.slice(from, to));
    done = to;
  }
  return { text: parts.join(''), start: source.position(start) };
};

/** A heredoc's body as a script; carriage returns become blanks, so that words end where they seem to. */
export const bodyScript = (source: SourceText, start: number, end: number): Script => ({
  text: source.content.slice(start, end).replaceAll('\r', ' '),
  start: source.position(start),
});
