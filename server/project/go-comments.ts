const plusBuild = /^\/\/\s*\+build(?:\s+(.*))?$/;

/** `linux,!cgo darwin` of an old line: blanks are "or", commas are "and". */
const modern = (line: string): string => {
  const options = line.split(/\s+/).map((option) => option.split(',').join(' && '));
  return options.length === 1 ? (options[0] ?? '') : options.map((option) => `(${option})`).join(' || ');
};

/** The build constraint among the comments before the package clause, old `+build` lines rewritten as `//go:build` has them. */
export const buildConstraint = (comments: readonly string[]): string | undefined => {
  const lines = comments.filter((comment) => comment.startsWith('//')).map((comment) => comment.trim());
  const line = lines.find((comment) => /^\/\/go:build\s/.test(comment));
  if (line !== undefined) return line.slice('//go:build'.length).trim();
  const old = lines.flatMap((comment) => plusBuild.exec(comment)?.[1]?.trim() || []).map(modern);
  return old.length < 2 ? old[0] : old.map((part) => `(${part})`).join(' && ');
};

const pattern = /"((?:[^"\\]|\\.)*)"|`([^`]*)`|(\S+)/g;

const unquote = (text: string): string => text.replace(/\\(.)/g, '$1');

const patternsOf = (line: string): string[] =>
  [...line.matchAll(pattern)].map(([, quoted, raw, plain]) =>
    quoted === undefined ? (raw ?? plain ?? '') : unquote(quoted),
  );

const directive = '//go:embed';

const startsLine = (text: string, at: number): boolean =>
  text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim() === '';

/** The patterns of a comment that is a `//go:embed` line; none of any other comment. */
export const embedPatterns = (text: string, start: number, end: number): readonly string[] => {
  const isDirective = text.startsWith(directive, start) && /\s/.test(text[start + directive.length] ?? '');
  if (!isDirective || !startsLine(text, start)) return [];
  return patternsOf(text.slice(start + directive.length, end).trim());
};
