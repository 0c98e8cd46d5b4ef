import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { SourceText } from './dockerfile/model.ts';
import { removeWord, replace } from './edits.ts';
import type { GoFlag } from './go/model.ts';
import { isInPlace } from './go/word-text.ts';

/** A part of -ldflags as written, and the edit that takes it out: the whole flag where nothing else is in it. */
export interface LinkerFlagText {
  readonly range: Range;
  readonly edit: TextEdit;
}

/** Finds a part of -ldflags, with the blanks before it, as it is written; undefined when a variable or a nested script makes it. */
export const linkerFlagText = (given: GoFlag, pattern: RegExp, source: SourceText): LinkerFlagText | undefined => {
  const word = given.value;
  if (!word || !isInPlace(word, source)) return undefined;
  const match = pattern.exec(word.raw);
  if (!match) return undefined;
  const rest = word.raw.slice(0, match.index) + word.raw.slice(match.index + match[0].length);
  const start = source.offset(word.range.start) + match.index;
  const end = start + match[0].length;
  const isFirst = !/[ \t]/.test(match[0].charAt(0));
  const blanks = isFirst ? (/^[ \t]*/.exec(source.content.slice(end))?.[0].length ?? 0) : 0;
  const blanksBefore = match[0].length - match[0].trimStart().length;
  const isAll = /^["']?\s*["']?$/.test(rest);
  return {
    range: source.range(start + blanksBefore, end),
    edit: isAll ? removeWord(source, given.range) : replace(source.range(start, end + blanks), ''),
  };
};
