import type { Range } from 'vscode-languageserver-types';
import { readDirectives } from './directives.ts';
import { readFlags } from './flags.ts';
import { openersIn, readHeredocs } from './heredocs.ts';
import { instructionOf } from './instructions.ts';
import { jsonStrings } from './json-array.ts';
import { continuation, type LogicalLine, logicalLine, type Piece, physicalLine, skipSpace } from './lines.ts';
import type { ArgInstruction, Comment, Dockerfile, FromInstruction, Instruction, SourceText, Stage } from './model.ts';
import { sourceText } from './source-text.ts';
import { plainWords, type Span, trimmed } from './words.ts';

interface Reading {
  readonly source: SourceText;
  readonly escape: '\\' | '`';
  readonly comments: Comment[];
  readonly instructions: Instruction[];
}

const readComment = ({ source, comments }: Reading, start: number, end: number): void => {
  comments.push({ text: source.content.slice(start + 1, end).trim(), range: source.range(start, end) });
};

/** The logical line that begins with the instruction at `start`, and where the document goes on. */
const readLine = (reading: Reading, start: number): { readonly line: LogicalLine; readonly next: number } => {
  const { content } = reading.source;
  const pieces: Piece[] = [];
  let at = start;
  while (true) {
    const { start: lineStart, end, next } = physicalLine(content, at);
    const text = skipSpace(content, lineStart, end);
    const isSkipped = pieces.length > 0 && (text === end || content[text] === '#');
    if (isSkipped && text < end) readComment(reading, text, end);
    const more = isSkipped ? end : continuation(content, lineStart, end, reading.escape);
    if (!isSkipped) pieces.push({ start: lineStart, end: more ?? end });
    if (more === undefined || next >= content.length) return { line: logicalLine(content, pieces, end), next };
    at = next;
  }
};

const keywordOf = (text: string, from: number): Span =>
  plainWords(text, from, text.length)[0] ?? { start: from, end: from };

/** Docker looks for heredocs in RUN, COPY and ADD only, and in none that is a JSON array. */
const openers = (keyword: string, text: string, span: Span) =>
  /^(RUN|COPY|ADD)$/i.test(keyword) && !jsonStrings(text, span) ? openersIn(text, span) : [];

/** Reads the instruction at `from` of its line, with the trigger of an ONBUILD in its place; returns where the document goes on. */
const readInstruction = (reading: Reading, line: LogicalLine, from: number, next: number, onbuild: boolean): number => {
  const { source, escape: escapeChar } = reading;
  const { text } = line;
  const name = keywordOf(text, from);
  const keyword = text.slice(name.start, name.end);
  const { flags, next: behindFlags } = readFlags(line, name.end, escapeChar, source);
  const span = trimmed(text, { start: behindFlags, end: text.length });
  if (!onbuild && keyword.toUpperCase() === 'ONBUILD' && span.end > span.start) {
    return readInstruction(reading, line, span.start, next, true);
  }
  const opened = openers(keyword, text, span);
  const bodies = readHeredocs(source.content, opened, next);
  const start = line.at(name.start);
  const end = Math.max(opened.length > 0 ? bodies.end : line.end, start);
  reading.instructions.push(
    instructionOf(
      keyword,
      { line, span, escape: escapeChar, source },
      {
        range: source.range(start, end),
        keywordRange: source.range(start, line.endAt(name.end)),
        flags,
        onbuild,
        openers: opened,
        heredocs: bodies.heredocs,
      },
    ),
  );
  return bodies.next;
};

const readAll = (reading: Reading, start: number): void => {
  const { content } = reading.source;
  let at = start;
  while (at < content.length) {
    const { end, next } = physicalLine(content, at);
    const text = skipSpace(content, at, end);
    if (text < end && content[text] !== '#') {
      const logical = readLine(reading, text);
      at = readInstruction(reading, logical.line, 0, logical.next, false);
      continue;
    }
    if (text < end) readComment(reading, text, end);
    at = next;
  }
};

const stageOf = (from: FromInstruction, index: number, instructions: readonly Instruction[]): Stage => {
  const range: Range = { start: from.range.start, end: (instructions.at(-1) ?? from).range.end };
  return { index, name: from.alias, from, instructions, range };
};

const stagesOf = (instructions: readonly Instruction[]): readonly Stage[] => {
  const groups: { readonly from: FromInstruction; readonly rest: Instruction[] }[] = [];
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM' && !instruction.onbuild) groups.push({ from: instruction, rest: [] });
    else groups.at(-1)?.rest.push(instruction);
  }
  return groups.map(({ from, rest }, index) => stageOf(from, index, rest));
};

const argsBefore = (instructions: readonly Instruction[]): readonly ArgInstruction[] => {
  const first = instructions.findIndex(({ keyword }) => keyword === 'FROM');
  return instructions
    .slice(0, first < 0 ? undefined : first)
    .filter((instruction): instruction is ArgInstruction => instruction.keyword === 'ARG' && !instruction.onbuild);
};

/**
 * Reads a Dockerfile by BuildKit's own line rules. Any text has a result, what Docker would refuse included; the time is
 * linear in the text. Instructions before the first FROM other than ARG belong to no stage and are left out.
 */
export const parseDockerfile = (text: string): Dockerfile => {
  const source = sourceText(text);
  const start = text.startsWith('\ufeff') ? 1 : 0;
  const directives = readDirectives(text, start);
  const reading: Reading = { source, escape: directives.escape, comments: [], instructions: [] };
  readAll(reading, start);
  const { comments, instructions } = reading;
  return { source, ...directives, globalArgs: argsBefore(instructions), stages: stagesOf(instructions), comments };
};
