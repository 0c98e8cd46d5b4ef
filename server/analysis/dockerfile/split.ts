import { type Dockerfile, DockerfileParser, type Instruction, Onbuild } from 'dockerfile-ast';
import type { Range } from 'vscode-languageserver-types';
import { plainText } from './misread.ts';
import type { SourceText } from './model.ts';
import { type PlainText, resplit } from './resplit.ts';
import { skeletonOf } from './skeleton.ts';
import { sourceText } from './source-text.ts';
import type { Span } from './words.ts';

/** An instruction as dockerfile-ast splits it; all spans are offsets of the document. */
export interface SplitInstruction {
  /** Upper-cased, continuations within it taken out. */
  readonly keyword: string;
  readonly keywordSpan: Span;
  /** Heredocs included. */
  readonly span: Span;
  /** What stands between blanks, flags perhaps included; only of instructions whose arguments are such words. */
  readonly words: readonly Span[];
  readonly onbuild: boolean;
}

/** A Dockerfile as dockerfile-ast splits it. */
export interface SplitDockerfile extends PlainText {
  readonly escape: '\\' | '`';
  readonly syntax: string | undefined;
  readonly instructions: readonly SplitInstruction[];
  /** How many of the first instructions are those of the text before, and of the last ones, but for their place. */
  readonly same: { readonly first: number; readonly last: number };
}

type SpanOf = (range: Range) => Span;

const spansIn =
  (source: SourceText): SpanOf =>
  ({ start, end }) => ({ start: source.offset(start), end: Math.max(source.offset(start), source.offset(end)) });

const syntaxOf = (dockerfile: Dockerfile): string | undefined =>
  dockerfile
    .getDirectives()
    .find((directive) => directive.getName().toLowerCase() === 'syntax')
    ?.getValue();

const escapeOf = (dockerfile: Dockerfile): '\\' | '`' => (dockerfile.getEscapeCharacter() === '`' ? '`' : '\\');

/** The lines at the top that are directives, known to Docker or not; the first other line ends them. */
const directiveLines = /^\ufeff?(?:[ \t]*#[ \t]*[a-z][a-z\d]*[ \t]*=[ \t]*[^\s][^\r\n]*(?:\r\n?|\n|$))*/i;

/** Instructions that are not made of words between blanks. */
const scriptKeywords: ReadonlySet<string> = new Set([
  ...['ARG', 'CMD', 'ENTRYPOINT', 'ENV', 'LABEL', 'MAINTAINER', 'RUN', 'SHELL', 'STOPSIGNAL', 'USER', 'WORKDIR'],
]);

/** With spans as `back` makes them. */
const splitInstruction = (written: Instruction, spanOf: SpanOf, back: (span: Span) => Span): SplitInstruction => {
  const trigger = written instanceof Onbuild ? written.getTriggerInstruction() : null;
  const instruction = trigger ?? written;
  const keyword = instruction.getKeyword();
  const hasWords = !scriptKeywords.has(keyword);
  const words = hasWords ? instruction.getArguments().map((argument) => spanOf(argument.getRange())) : [];
  return {
    keyword,
    keywordSpan: back(spanOf(instruction.getInstructionRange())),
    span: back(spanOf(instruction.getRange())),
    words: words.map(back),
    onbuild: trigger !== null,
  };
};

/** All instructions of a text, as the library splits it. */
const splitAll = (text: string, spanBack: (span: Span) => Span): readonly SplitInstruction[] => {
  const spanOf = spansIn(sourceText(text));
  return DockerfileParser.parse(text)
    .getInstructions()
    .map((instruction) => splitInstruction(instruction, spanOf, spanBack));
};

/** Splits the stretch of the text behind the directives that starts at `from`; the library takes it for all of the file. */
const instructionsIn = (
  { top, plain }: PlainText,
  escapeChar: '\\' | '`',
  from: number,
  to: number,
): readonly SplitInstruction[] => {
  const { text, offset } = skeletonOf(top + plain.slice(from, to), escapeChar);
  const behind = from - top.length;
  return splitAll(text, ({ start, end }) => ({ start: offset(start) + behind, end: offset(end) + behind }));
};

const whole = (text: PlainText, escapeChar: '\\' | '`') => ({
  instructions: instructionsIn(text, escapeChar, text.top.length, text.plain.length),
  same: { first: 0, last: 0 },
});

const split = ({ content }: SourceText, before: SplitDockerfile | undefined): SplitDockerfile => {
  const top = directiveLines.exec(content)?.[0] ?? '';
  const isSameTop = before?.top === top;
  const directives = isSameTop ? undefined : DockerfileParser.parse(top);
  const escapeChar = directives ? escapeOf(directives) : (before?.escape ?? '\\');
  const syntax = directives ? syntaxOf(directives) : before?.syntax;
  const text: PlainText = { top, content, plain: top + plainText(content.slice(top.length), escapeChar) };
  const again =
    before && isSameTop ? resplit(before, text, (from, to) => instructionsIn(text, escapeChar, from, to)) : undefined;
  return { ...text, escape: escapeChar, syntax, ...(again ?? whole(text, escapeChar)) };
};

/**
 * Splits a Dockerfile; one that the library throws on has no instructions. Of a text that differs in one place from one
 * that was split before, only what is around that place is split.
 */
export const splitDockerfile = (source: SourceText, before?: SplitDockerfile): SplitDockerfile => {
  try {
    return split(source, before);
  } catch {
    const { content } = source;
    const same = { first: 0, last: 0 };
    return { top: '', content, plain: '', escape: '\\', syntax: undefined, instructions: [], same };
  }
};
