import type { TextEdit } from 'vscode-languageserver-types';
import type { Dockerfile, SourceText } from '../dockerfile/model.ts';
import { replace } from '../edits.ts';
import { flag } from '../go/command.ts';
import { isInPlace, wordText } from '../go/word-text.ts';
import type { GoBinary } from './model.ts';

/** Whether the verb stands in the text as it runs, so that flags can be written behind it. */
export const isWrittenOut = ({ command, run }: Pick<GoBinary, 'command' | 'run'>, source: SourceText): boolean =>
  run.form.kind === 'shell' && source.slice(command.verbRange) === command.verb;

/** The edit that builds with one tag more; undefined where the command has no plain place for it. */
export const addTag = (binary: GoBinary, tag: string, { source }: Dockerfile): TextEdit | undefined => {
  const { command, flags } = binary;
  const given = flag(command, 'tags')?.value;
  if (!isWrittenOut(binary, source)) return undefined;
  if (!given) {
    // Tags of GOFLAGS would be lost.
    if (flags.tags.size > 0) return undefined;
    return replace({ start: command.verbRange.end, end: command.verbRange.end }, ` -tags ${tag}`);
  }
  if (!isInPlace(given, source) || wordText(given.raw) === '') return undefined;
  const quote = /["']$/.exec(given.raw)?.[0].length ?? 0;
  const at = source.offset(given.range.start) + given.raw.length - quote;
  return replace(source.range(at, at), `${/\s/.test(wordText(given.raw)) ? ' ' : ','}${tag}`);
};
