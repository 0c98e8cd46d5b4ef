import { type Arguments, assignments, blankSeparated, declarations, formOf, jsonWords, oneWord } from './arguments.ts';
import { flagValue, wordOf } from './flags.ts';
import type { Opener } from './heredocs.ts';
import type { CopyInstruction, Flag, Form, Heredoc, Instruction, RunInstruction } from './model.ts';
import { mountsOf } from './mounts.ts';
import type { Span } from './words.ts';

/** What every instruction has, and the heredocs that a RUN, COPY or ADD opened. */
export interface Start {
  readonly range: Instruction['range'];
  readonly keywordRange: Instruction['range'];
  readonly flags: readonly Flag[];
  readonly onbuild: boolean;
  readonly openers: readonly Opener[];
  readonly heredocs: readonly Heredoc[];
}

type Base = Pick<Instruction, 'range' | 'keywordRange' | 'flags' | 'onbuild'>;

const fromInstruction = (base: Base, args: Arguments): Instruction => {
  const [image, as, alias] = blankSeparated(args);
  const named = as?.raw.toLowerCase() === 'as' ? alias : undefined;
  return { ...base, keyword: 'FROM', image, alias: named?.raw.toLowerCase(), aliasRange: named?.range };
};

/** A RUN of nothing but one heredoc is that heredoc's body, run by the shell. */
const runForm = (args: Arguments, { openers, heredocs }: Start): Form => {
  const form = formOf(args);
  const [opener] = openers;
  const [heredoc] = heredocs;
  const isAll = opener?.start === args.span.start && opener.end === args.span.end;
  if (!heredoc || !isAll || openers.length !== 1) return form;
  const { source } = args;
  const start = source.offset(heredoc.body.start);
  return { kind: 'shell', script: heredoc.body, range: source.range(start, start + heredoc.body.text.length) };
};

const runInstruction = (base: Base, args: Arguments, start: Start): RunInstruction => ({
  ...base,
  keyword: 'RUN',
  form: runForm(args, start),
  heredocs: start.heredocs,
  mounts: mountsOf(base.flags, args.source),
});

const copyWords = (args: Arguments, openers: readonly Opener[]) => {
  const words = jsonWords(args);
  if (words) return words;
  const { line, source } = args;
  const rest = [...openers];
  const isOpener = ({ start }: Span): boolean => {
    while (rest[0] && rest[0].end <= start) rest.shift();
    return rest[0] !== undefined && start >= rest[0].start;
  };
  return args.words.filter((word) => !isOpener(word)).map((word) => wordOf(line, word, source));
};

const copyInstruction = (keyword: 'COPY' | 'ADD', base: Base, args: Arguments, start: Start): CopyInstruction => {
  const words = copyWords(args, start.openers);
  return {
    ...base,
    keyword,
    sources: words.slice(0, -1),
    destination: words.at(-1),
    heredocs: start.heredocs,
    from: flagValue(base.flags, 'from'),
  };
};

const healthcheckForm = (args: Arguments): Form | undefined => {
  const { line, span } = args;
  const [kind, command] = args.words;
  if (!kind || line.text.slice(kind.start, kind.end).toUpperCase() !== 'CMD') return undefined;
  return formOf({ ...args, span: { start: command?.start ?? span.end, end: span.end } });
};

/** The instruction `keyword` (any case) names; unknown ones are OTHER. */
export const instructionOf = (keyword: string, args: Arguments, start: Start): Instruction => {
  const { range, keywordRange, flags, onbuild } = start;
  const base: Base = { range, keywordRange, flags, onbuild };
  const name = keyword.toUpperCase();
  switch (name) {
    case 'FROM':
      return fromInstruction(base, args);
    case 'ARG':
      return { ...base, keyword: name, assignments: declarations(args) };
    case 'ENV':
    case 'LABEL':
      return { ...base, keyword: name, assignments: assignments(args) };
    case 'RUN':
      return runInstruction(base, args, start);
    case 'COPY':
    case 'ADD':
      return copyInstruction(name, base, args, start);
    case 'CMD':
    case 'ENTRYPOINT':
      return { ...base, keyword: name, form: formOf(args) };
    case 'HEALTHCHECK':
      return { ...base, keyword: name, form: healthcheckForm(args) };
    case 'SHELL':
      return { ...base, keyword: name, words: jsonWords(args) ?? [] };
    case 'WORKDIR':
    case 'USER':
    case 'STOPSIGNAL':
    case 'MAINTAINER':
      return { ...base, keyword: name, words: oneWord(args) };
    case 'VOLUME':
      return { ...base, keyword: name, words: jsonWords(args) ?? blankSeparated(args) };
    case 'EXPOSE':
      return { ...base, keyword: name, words: blankSeparated(args) };
    default:
      return { ...base, keyword: 'OTHER', words: blankSeparated(args) };
  }
};
