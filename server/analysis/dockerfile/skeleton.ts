import { lastNotAbove } from './source-text.ts';

/** A text that is shorter than another, and the way back: the offset there of an offset here. */
export interface Skeleton {
  readonly text: string;
  offset(at: number): number;
}

/** Instructions of which nobody asks the library more than where they end. */
const keywords = '(?:ARG|CMD|ENTRYPOINT|ENV|LABEL|MAINTAINER|RUN|SHELL|STOPSIGNAL|USER|WORKDIR)[ \\t]+';

/** Such an instruction, unless the line above goes on in it: the keyword, then the rest with the lines that escapes join. */
const instructionsWith = (escapeChar: string): RegExp =>
  new RegExp(
    `^(?=[ \\t]*${keywords})(?<!${escapeChar}\\s*)([ \\t]*${keywords})((?=\\S)` +
      `(?:[^\\r\\n]*${escapeChar}[ \\t]*\\r?\\n(?:[ \\t]*\\r?\\n)*)*[^\\r\\n]*)`,
    'gim',
  );

const byEscape = { '\\': instructionsWith('\\\\'), '`': instructionsWith('`') } as const;

/**
 * The text (as `plainText` makes it) with one letter for the arguments of instructions that only we read: the library looks
 * at each character several times. From the first heredoc on it stays as it is, and so does one with lone carriage returns.
 */
export const skeletonOf = (text: string, escapeChar: '\\' | '`'): Skeleton => {
  const [here, there] = [[0], [0]];
  let done = 0;
  let short = '';
  const heredoc = text.indexOf('<<');
  const known = /\r(?!\n)/.test(text) ? 0 : heredoc < 0 ? text.length : heredoc;
  for (const { 0: all, 1: head = '', index } of text.matchAll(byEscape[escapeChar])) {
    const [start, end] = [index + head.length, index + all.length];
    if (end > known) break;
    short += `${text.slice(done, start)}x`;
    here.push(short.length - 1, short.length);
    there.push(start, end);
    done = end;
  }
  return {
    text: short + text.slice(done),
    offset: (at) => {
      const which = lastNotAbove(here, at);
      return (there[which] ?? 0) + at - (here[which] ?? 0);
    },
  };
};
