import { heredocWords, openerOf } from './heredocs.ts';

const same = (text: string): string => 'x'.repeat(text.length);

/** The library takes a doubled escape character at a line's end, and one that follows an escaped blank, the wrong way round. */
const withPlainEnds = (content: string, escapeChar: '\\' | '`'): string => {
  if (escapeChar === '`') {
    return content.replace(/(?<!`)`{2,}(?=[ \t]*[\r\n])/g, same).replace(/`(?=[ \t]+`[ \t]*[\r\n])/g, 'x');
  }
  return content.replace(/(?<!\\)\\{2,}(?=[ \t]*[\r\n])/g, same).replace(/\\(?=[ \t]+\\[ \t]*[\r\n])/g, 'x');
};

/** `<< EOF` and `3<<EOF` as `<<EOF`, and `<<` in quotes gone; a line with an open quote is left to the library. */
const withPlainOpeners = (line: string): string => {
  const words = heredocWords(line, { start: 0, end: line.length });
  if (!words) return line;
  let done = 0;
  let plain = '';
  for (const word of words) {
    const text = line.slice(word.start, word.end);
    const opener = text.includes('<<') ? openerOf(line, word) : undefined;
    const written = opener ? `<<${opener.chomps ? '-' : ''}${opener.delimiter}` : text.replaceAll('<', 'x');
    plain += line.slice(done, word.start) + written.padEnd(text.length).slice(0, text.length);
    done = word.end;
  }
  return plain + line.slice(done);
};

/** Whole-line comments, those in heredocs too; without the blanks before the `#`. */
export const commentLines = /#(?<=(?<![^\r\n\ufeff])[ \t]*#)[^\r\n]*/g;

/**
 * The text as dockerfile-ast has to see it to split it as BuildKit does: as long as `content`, line for line. What the
 * library misreads is written in a way that it does not: double escapes by letters, heredoc
 * openers in the one spelling that it knows. Comments are blank: it takes any that has an equals sign for a directive
 * when it stands at the top, and looks at each stage for each comment.
 */
export const plainText = (content: string, escapeChar: '\\' | '`'): string => {
  const bare = content.replace(commentLines, (comment) => ' '.repeat(comment.length));
  const plain = withPlainEnds(bare, escapeChar);
  return plain.includes('<<') ? plain.replace(/^.*<<.*$/gm, withPlainOpeners) : plain;
};
