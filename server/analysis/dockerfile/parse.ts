import type { Range } from 'vscode-languageserver-types';
import { readFlags } from './flags.ts';
import { openersIn, readHeredocs } from './heredocs.ts';
import { instructionOf } from './instructions.ts';
import { jsonStrings } from './json-array.ts';
import { type LogicalLine, logicalLine } from './lines.ts';
import { commentLines } from './misread.ts';
import type { ArgInstruction, Comment, Dockerfile, FromInstruction, Instruction, SourceText, Stage } from './model.ts';
import { lastNotAbove, sourceText } from './source-text.ts';
import { type SplitDockerfile, type SplitInstruction, splitDockerfile } from './split.ts';
import { type Span, trimmed } from './words.ts';

/** Docker looks for heredocs in RUN, COPY and ADD only, and in none that is a JSON array. */
const openers = (keyword: string, text: string, span: Span) =>
  /^(RUN|COPY|ADD)$/.test(keyword) && !jsonStrings(text, span) ? openersIn(text, span) : [];

/** The library's words as far as they belong to the arguments, and not to a flag or a heredoc's body. */
const wordsIn = (line: LogicalLine, words: readonly Span[], { start, end }: Span): readonly Span[] =>
  words
    .filter((word) => word.start < line.at(end))
    .map((word) => ({ start: line.index(word.start), end: line.index(word.end) }))
    .filter((word) => word.start >= start && word.end > word.start);

const readInstruction = (split: SplitInstruction, escapeChar: '\\' | '`', source: SourceText): Instruction => {
  const { keyword, keywordSpan, onbuild } = split;
  const { content } = source;
  const line = logicalLine(content, split.span, escapeChar);
  const { text } = line;
  const { flags, next } = readFlags(keyword, line, line.index(keywordSpan.end), escapeChar, source);
  const span = trimmed(text, { start: next, end: text.length });
  const opened = openers(keyword, text, span);
  return instructionOf(
    keyword,
    { line, span, words: wordsIn(line, split.words, span), escape: escapeChar, source },
    {
      range: source.range(split.span.start, Math.max(split.span.end, keywordSpan.end)),
      keywordRange: source.range(keywordSpan.start, keywordSpan.end),
      flags,
      onbuild,
      openers: opened,
      heredocs: readHeredocs(source, opened, line.next, split.span.end),
    },
  );
};

const stageOf = (from: FromInstruction, index: number, instructions: readonly Instruction[]): Stage => {
  const range: Range = { start: from.range.start, end: (instructions.at(-1) ?? from).range.end };
  return { index, name: from.alias, from, instructions, range };
};

const isSame = (one: Stage, other: Stage | undefined): other is Stage =>
  one.from === other?.from &&
  one.instructions.length === other.instructions.length &&
  one.instructions.every((instruction, index) => instruction === other.instructions[index]);

const stagesOf = (instructions: readonly Instruction[], before: readonly Stage[]): readonly Stage[] => {
  const groups: { readonly from: FromInstruction; readonly rest: Instruction[] }[] = [];
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM' && !instruction.onbuild) groups.push({ from: instruction, rest: [] });
    else groups.at(-1)?.rest.push(instruction);
  }
  return groups.map(({ from, rest }, index) => {
    const stage = stageOf(from, index, rest);
    const known = before[index];
    return isSame(stage, known) ? known : stage;
  });
};

const argsBefore = (instructions: readonly Instruction[]): readonly ArgInstruction[] => {
  const first = instructions.findIndex(({ keyword }) => keyword === 'FROM');
  return instructions
    .slice(0, first < 0 ? undefined : first)
    .filter((instruction): instruction is ArgInstruction => instruction.keyword === 'ARG' && !instruction.onbuild);
};

const commentsOf = (source: SourceText, instructions: readonly Instruction[]): readonly Comment[] => {
  const bodies = instructions.flatMap((each) => ('heredocs' in each ? each.heredocs.map(({ body }) => body) : []));
  const starts = bodies.map(({ start }) => source.offset(start));
  const comments: Comment[] = [];
  for (const { 0: comment, index } of source.content.matchAll(commentLines)) {
    const which = lastNotAbove(starts, index);
    const start = starts[which] ?? index;
    if (index >= start && index < start + (bodies[which]?.text.length ?? 0)) continue;
    comments.push({ text: comment.slice(1).trim(), range: source.range(index, index + comment.length) });
  }
  return comments;
};

/** What stays in its place in a text that is otherwise the same is not read again. */
const readAll = (
  split: SplitDockerfile,
  source: SourceText,
  before: Dockerfile | undefined,
): readonly Instruction[] => {
  const { instructions, same } = split;
  return instructions.map((instruction, index) => {
    const fromEnd = instructions.length - index;
    const isBelow = fromEnd <= same.last;
    const known = index < same.first ? before?.instructions[index] : isBelow && before?.instructions.at(-fromEnd);
    const { line, character } = source.position(instruction.keywordSpan.start);
    const start = known ? known.keywordRange.start : undefined;
    const stays = start?.line === line && start.character === character;
    return known && stays ? known : readInstruction(instruction, split.escape, source);
  });
};

/**
 * Reads a Dockerfile as BuildKit does. Any text has a result, what Docker would refuse included. Instructions before the
 * first FROM other than ARG belong to no stage. With the reading of a text that was much the same, only what changed is
 * read; the result is the same.
 */
export const parseDockerfile = (text: string, before?: Dockerfile): Dockerfile => {
  const source = sourceText(text);
  const split = splitDockerfile(source, before?.split);
  const instructions = readAll(split, source, before);
  return {
    source,
    split,
    escape: split.escape,
    syntax: split.syntax,
    instructions,
    globalArgs: argsBefore(instructions),
    stages: stagesOf(instructions, before?.stages ?? []),
    comments: commentsOf(source, instructions),
  };
};
