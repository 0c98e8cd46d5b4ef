import type { LogicalLine } from './lines.ts';
import { space } from './lines.ts';
import type { Flag, SourceText, Word } from './model.ts';
import { quotedWordEnd, type Span } from './words.ts';

/** The text and the place of a span of a logical line. */
export const wordOf = (line: LogicalLine, { start, end }: Span, source: SourceText): Word => ({
  raw: line.text.slice(start, end),
  range: source.range(line.at(start), Math.max(line.at(start), line.endAt(end))),
});

const flagOf = (line: LogicalLine, span: Span, source: SourceText): Flag => {
  const word = wordOf(line, span, source);
  const equals = word.raw.indexOf('=');
  const name = word.raw.slice(2, equals < 0 ? undefined : equals);
  const value = equals < 0 ? undefined : wordOf(line, { start: span.start + equals + 1, end: span.end }, source);
  return { name, value, range: word.range };
};

/** The flags an instruction's arguments start with, in the order written, and the index behind them. */
export const readFlags = (
  line: LogicalLine,
  start: number,
  escapeChar: string,
  source: SourceText,
): { readonly flags: readonly Flag[]; readonly next: number } => {
  const { text } = line;
  const flags: Flag[] = [];
  let at = start;
  while (at < text.length) {
    if (space.test(text[at] ?? '')) {
      at++;
      continue;
    }
    if (!text.startsWith('--', at)) break;
    const end = quotedWordEnd(text, at, text.length, escapeChar);
    if (end === at + 2) return { flags, next: end };
    flags.push(flagOf(line, { start: at, end }, source));
    at = end;
  }
  return { flags, next: at };
};

/** The value of a flag, wherever among the flags it stands. */
export const flagValue = (flags: readonly Flag[], name: string): Word | undefined =>
  flags.find((flag) => flag.name === name)?.value;
