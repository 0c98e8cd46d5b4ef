import type { LogicalLine } from './lines.ts';
import type { Flag, SourceText, Word } from './model.ts';
import type { Span } from './words.ts';

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

/**
 * The flags that the arguments at `start` begin with, and the index behind them. The library also finds flags behind
 * other words, and takes the `--` that ends them for one.
 */
export const readFlags = (
  line: LogicalLine,
  spans: readonly Span[],
  start: number,
  source: SourceText,
): { readonly flags: readonly Flag[]; readonly next: number } => {
  const flags: Flag[] = [];
  let next = start;
  for (const span of spans) {
    const from = line.index(span.start);
    if (line.text.slice(next, from).trim() !== '') break;
    next = line.index(span.end);
    const flag = flagOf(line, { start: from, end: next }, source);
    if (flag.name === '' && !flag.value) break;
    flags.push(flag);
  }
  return { flags, next };
};

/** The value of a flag, wherever among the flags it stands. */
export const flagValue = (flags: readonly Flag[], name: string): Word | undefined =>
  flags.find((flag) => flag.name === name)?.value;
