import type { LogicalLine } from './lines.ts';
import type { Flag, SourceText, Word } from './model.ts';
import { quotedWordEnd, type Span, trimmed } from './words.ts';

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

/** Instructions that may have flags. */
const flagged: ReadonlySet<string> = new Set(['ADD', 'COPY', 'FROM', 'HEALTHCHECK', 'RUN']);

/**
 * The flags that the arguments at `start` begin with, and the index behind them; `--` alone ends them.
 * https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/split_command.go
 */
export const readFlags = (
  keyword: string,
  line: LogicalLine,
  start: number,
  escapeChar: string,
  source: SourceText,
): { readonly flags: readonly Flag[]; readonly next: number } => {
  const flags: Flag[] = [];
  const { text } = line;
  let next = start;
  while (flagged.has(keyword)) {
    const from = trimmed(text, { start: next, end: text.length }).start;
    if (!text.startsWith('--', from)) break;
    next = quotedWordEnd(text, from, text.length, escapeChar);
    if (next === from + 2) break;
    flags.push(flagOf(line, { start: from, end: next }, source));
  }
  return { flags, next };
};

/** The value of a flag, wherever among the flags it stands. */
export const flagValue = (flags: readonly Flag[], name: string): Word | undefined =>
  flags.find((flag) => flag.name === name)?.value;
