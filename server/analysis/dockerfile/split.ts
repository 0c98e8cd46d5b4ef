import { type Dockerfile, DockerfileParser, type Instruction, ModifiableInstruction, Onbuild } from 'dockerfile-ast';
import type { Range } from 'vscode-languageserver-types';
import { plainText } from './misread.ts';
import type { SourceText } from './model.ts';
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
export interface SplitDockerfile {
  readonly escape: '\\' | '`';
  readonly syntax: string | undefined;
  readonly instructions: readonly SplitInstruction[];
}

type SpanOf = (range: Range) => Span;

const spansIn =
  (source: SourceText): SpanOf =>
  ({ start, end }) => ({ start: source.offset(start), end: Math.max(source.offset(start), source.offset(end)) });

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

const splitInstruction = (written: Instruction, content: string, spanOf: SpanOf): SplitInstruction => {
  const trigger = written instanceof Onbuild ? written.getTriggerInstruction() : null;
  const instruction = trigger ?? written;
  const keyword = instruction.getKeyword();
  const hasWords = !scriptKeywords.has(keyword);
  const span = spanOf(instruction.getRange());
  // The library splits the arguments anew for each question.
  const mayHaveFlags = content.slice(span.start, span.end).includes('--');
  return {
    keyword,
    keywordSpan: spanOf(instruction.getInstructionRange()),
    span,
    flags: mayHaveFlags ? flagsOf(instruction, spanOf) : [],
    words: hasWords ? instruction.getArguments().map((argument) => spanOf(argument.getRange())) : [],
    onbuild: trigger !== null,
  };
};

const split = (source: SourceText): SplitDockerfile => {
  const spanOf = spansIn(source);
  const top = directiveLines.exec(source.content)?.[0] ?? '';
  const escapeChar = escapeOf(DockerfileParser.parse(top));
  const dockerfile = DockerfileParser.parse(top + plainText(source.content.slice(top.length), escapeChar));
  const syntax = dockerfile.getDirectives().find((directive) => directive.getName().toLowerCase() === 'syntax');
  return {
    escape: escapeChar,
    syntax: syntax?.getValue(),
    instructions: dockerfile
      .getInstructions()
      .map((instruction) => splitInstruction(instruction, source.content, spanOf)),
  };
};

/** Splits a Dockerfile; one that the library throws on has no instructions. */
export const splitDockerfile = (source: SourceText): SplitDockerfile => {
  try {
    return split(source);
  } catch {
    return { escape: '\\', syntax: undefined, instructions: [] };
  }
};
