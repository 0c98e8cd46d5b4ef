import { wordOf } from './flags.ts';
import { jsonStrings } from './json-array.ts';
import type { LogicalLine } from './lines.ts';
import type { Assignment, Form, SourceText, Word } from './model.ts';
import { scriptOf } from './script.ts';
import { quotedWords, type Span } from './words.ts';

/** One instruction on its way into the model: its logical line, and where its arguments behind the flags stand. */
export interface Arguments {
  readonly line: LogicalLine;
  readonly span: Span;
  /** Words between blanks, for the instructions that have such. */
  readonly words: readonly Span[];
  readonly escape: '\\' | '`';
  readonly source: SourceText;
}

const toWords = ({ line, source }: Arguments, spans: readonly Span[]): readonly Word[] =>
  spans.map((span) => wordOf(line, span, source));

/** Words between blanks. */
export const blankSeparated = (args: Arguments): readonly Word[] => toWords(args, args.words);

/** All of the arguments as one word, or none when there are no arguments. */
export const oneWord = (args: Arguments): readonly Word[] =>
  args.span.end > args.span.start ? toWords(args, [args.span]) : [];

/** The strings of a JSON array, or undefined when the arguments are none. */
export const jsonWords = (args: Arguments): readonly Word[] | undefined =>
  jsonStrings(args.line.text, args.span)?.map((text) => ({
    raw: text.value,
    range: wordOf(args.line, text, args.source).range,
  }));

/** Exec form for a JSON array of strings, shell form for everything else, as Docker decides. */
export const formOf = (args: Arguments): Form => {
  const { range } = wordOf(args.line, args.span, args.source);
  const words = jsonWords(args);
  return words
    ? { kind: 'exec', words, range }
    : { kind: 'shell', script: scriptOf(args.line, args.span, args.source), range };
};

const assignment = ({ line, source }: Arguments, span: Span): Assignment => {
  const equals = line.text.indexOf('=', span.start);
  const hasValue = equals >= 0 && equals < span.end;
  const name = wordOf(line, { start: span.start, end: hasValue ? equals : span.end }, source);
  return {
    name: name.raw.replace(/^(["'])(.*)\1$/, '$2'),
    nameRange: name.range,
    value: hasValue ? wordOf(line, { start: equals + 1, end: span.end }, source) : undefined,
  };
};

const wordsWithQuotes = (args: Arguments): readonly Span[] =>
  quotedWords(args.line.text, args.span.start, args.span.end, args.escape);

/** ARG: names with or without a value. */
export const declarations = (args: Arguments): readonly Assignment[] =>
  wordsWithQuotes(args).map((span) => assignment(args, span));

/** ENV and LABEL: `NAME=value …`, or the old form `NAME all the rest`, one variable. */
export const assignments = (args: Arguments): readonly Assignment[] => {
  const { line, span, source } = args;
  const words = wordsWithQuotes(args);
  const first = words[0];
  if (!first) return [];
  if (line.text.slice(first.start, first.end).includes('=')) {
    return words.map((word) => assignment(args, word)).filter(({ value }) => value !== undefined);
  }
  const [name, blanks] = line.text.slice(span.start, span.end).match(/[\t\v\f\r ]+|[^\t\v\f\r ]+/g) ?? [];
  if (!name || !blanks) return [];
  const nameEnd = span.start + name.length;
  const value = wordOf(line, { start: nameEnd + blanks.length, end: span.end }, source);
  return [{ ...assignment(args, { start: span.start, end: nameEnd }), value }];
};
