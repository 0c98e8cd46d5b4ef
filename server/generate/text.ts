/** A value of a template: text, several lines, or nothing, which takes its whole line away. */
export type Piece = string | readonly string[] | undefined;

const hole = /\u0000(\d+)\u0000/g;

const fill = (line: string, pieces: readonly Piece[]): readonly string[] => {
  const used = [...line.matchAll(hole)].map(([, at]) => pieces[Number(at)]);
  if (used.some((piece) => piece === undefined)) return [];
  const [only] = used;
  if (Array.isArray(only)) return only;
  return [line.replace(hole, (_, at: string) => String(pieces[Number(at)]))];
};

/** Blank lines at the ends go, and of several in a row one stays. */
const tidy = (lines: readonly string[]): readonly string[] =>
  lines.filter((line, at) => line !== '' || (at > 0 && at < lines.length - 1 && lines[at - 1] !== ''));

/**
 * A text as it stands in the template, without its common indentation. A line with an undefined value is left out; a
 * line that is nothing but an array becomes its lines. A backslash stays one, but for `\\${`. Ends with a line end.
 */
export const lines = (strings: TemplateStringsArray, ...pieces: readonly Piece[]): string => {
  const parts = strings.raw.map((part) => part.replaceAll('\\${', '${').replaceAll('\\`', '`'));
  const marked = parts.reduce((text, part, at) => `${text}\u0000${at - 1}\u0000${part}`);
  const all = marked.split('\n');
  const widths = all.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const margin = Math.min(...widths);
  return `${tidy(all.flatMap((line) => fill(line.slice(margin).trimEnd(), pieces)))
    .join('\n')
    .trim()}\n`;
};
