import { type Dockerfile, DockerfileParser, type Instruction, ModifiableInstruction, Onbuild } from 'dockerfile-ast';
import type { Range } from 'vscode-languageserver-types';
import { plainText } from './misread.ts';
import type { SourceText } from './model.ts';
import { moved, type PlainText, resplit } from './resplit.ts';
import { sourceText } from './source-text.ts';
import type { Span } from './words.ts';

/** An instruction as dockerfile-ast splits it; all spans are offsets of the document. */
export interface SplitInstruction {
  /** Upper-cased, continuations within it taken out. */
  readonly keyword: string;
  readonly keywordSpan: Span;
  /** Heredocs included. */
  readonly span: Span;
  readonly flags: readonly Span[];
  /** What stands between blanks behind the flags; only of instructions whose arguments are such words. */
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

/** The one place that reads flags: `getFromFlag` and its like know the flag only when it is the only one. */
const flagsOf = (instruction: Instruction, spanOf: SpanOf): readonly Span[] =>
  instruction instanceof ModifiableInstruction ? instruction.getFlags().map((flag) => spanOf(flag.getRange())) : [];

const splitInstruction = (written: Instruction, plain: string, spanOf: SpanOf): SplitInstruction => {
  const trigger = written instanceof Onbuild ? written.getTriggerInstruction() : null;
  const instruction = trigger ?? written;
  const keyword = instruction.getKeyword();
  const hasWords = !scriptKeywords.has(keyword);
  const span = spanOf(instruction.getRange());
  // The library splits the arguments anew for each question.
  const mayHaveFlags = plain.slice(span.start, span.end).includes('--');
  return {
    keyword,
    keywordSpan: spanOf(instruction.getInstructionRange()),
    span,
    flags: mayHaveFlags ? flagsOf(instruction, spanOf) : [],
    words: hasWords ? instruction.getArguments().map((argument) => spanOf(argument.getRange())) : [],
    onbuild: trigger !== null,
  };
};

/** Splits the stretch of the text behind the directives that starts at `from`; the library takes it for all of the file. */
const instructionsIn = ({ top, plain }: PlainText, from: number, to: number): readonly SplitInstruction[] => {
  const text = top + plain.slice(from, to);
  const spanOf = spansIn(sourceText(text));
  const behind = from - top.length;
  return DockerfileParser.parse(text)
    .getInstructions()
    .map((instruction) => moved(splitInstruction(instruction, text, spanOf), behind));
};

const whole = (text: PlainText) => ({
  instructions: instructionsIn(text, text.top.length, text.plain.length),
  same: { first: 0, last: 0 },
});

const split = ({ content }: SourceText, before: SplitDockerfile | undefined): SplitDockerfile => {
  const top = directiveLines.exec(content)?.[0] ?? '';
  const isSameTop = before?.top === top;
  const directives = isSameTop ? undefined : DockerfileParser.parse(top);
  const escapeChar = directives ? escapeOf(directives) : (before?.escape ?? '\\');
  const syntax = directives ? syntaxOf(directives) : before?.syntax;
  const text: PlainText = { top, content, plain: top + plainText(content.slice(top.length), escapeChar) };
  const again = before && isSameTop ? resplit(before, text, (from, to) => instructionsIn(text, from, to)) : undefined;
  return { ...text, escape: escapeChar, syntax, ...(again ?? whole(text)) };
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
