import type { ContextFacts } from './go/project-facts.ts';
import { message } from './known.ts';
import type { FilePlace, Fix } from './rule.ts';

/** Where an ignore file hides a path, and how it comes back. */
export interface Hidden {
  readonly elsewhere: FilePlace;
  readonly fix: Fix;
}

/** Signs that mean something in a pattern, and what a pattern cannot begin with. */
const isPlain = (path: string): boolean => !/[*?[\]\\]|^[!#\s]|\s$/.test(path);

/**
 * The line that hides a path of the context, and the fix that takes it away where it names nothing else, or adds an
 * exception below it: for a Go file of the context's root, one for all of them. Undefined where the ignore file lies outside of the context.
 */
export const hiddenBy = (context: ContextFacts, path: string): Hidden | undefined => {
  const { ignoreFile } = context;
  const line = context.hiding(path);
  if (ignoreFile === undefined || !line || /^(?:\/|[A-Za-z]:)/.test(ignoreFile) || !isPlain(path)) return undefined;
  const { start, end } = line.range;
  const whole = { start, end: { line: end.line + 1, character: 0 } };
  const kept = /^[^/]+\.go$/.test(path) ? '*.go' : path;
  const isAlone = [path, kept].includes(line.pattern.replace(/^\.?\/|\/$/g, ''));
  const edit = isAlone
    ? { range: whole, newText: '' }
    : { range: { start: end, end }, newText: `${line.newline}!${kept}` };
  return {
    elsewhere: {
      path: ignoreFile,
      range: line.range,
      message: message('{pattern} hides {path}, which the build needs.', { pattern: line.pattern, path }),
    },
    fix: { title: `Keep ${kept} in the build`, safe: true, edits: [], files: [{ path: ignoreFile, edits: [edit] }] },
  };
};
