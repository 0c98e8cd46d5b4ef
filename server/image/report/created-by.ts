/** `RUN go build` of what engines write into the history: without the shell, its arguments and the name of the builder. */
export function instructionOf(createdBy: string): string {
  const text = createdBy.replace(/\s*# buildkit$/, '').trim();
  const metadata = /^\/bin\/sh -c #\(nop\)\s+(.*)$/s.exec(text);
  if (metadata) return (metadata[1] ?? '').trim();
  // Build arguments stand before the command: `|1 VERSION=1.2 /bin/sh -c go build`.
  const run = /^(?:RUN )?(?:\|\d+ .*?)?\/bin\/sh -c (.*)$/s.exec(text);
  if (run) return `RUN ${run[1]}`;
  return text;
}

/** The first word in capitals; empty for none. */
const keywordOf = (instruction: string): string => (/^([A-Za-z]+)\b/.exec(instruction)?.[1] ?? '').toUpperCase();

/** An instruction of the Dockerfile that leaves an entry in the history. */
export interface WrittenInstruction {
  readonly keyword: string;
  /** Zero-based. */
  readonly line: number;
}

/**
 * Lines of the history's entries. Every instruction but FROM leaves one, the last ones being those of the Dockerfile: `written` is
 * the chain of the built stage, the lowest stage first. Undefined for entries of the base image, and for all when they do not fit.
 */
export function linesOf(
  history: readonly string[],
  written: readonly WrittenInstruction[],
): readonly (number | undefined)[] {
  const lines: (number | undefined)[] = history.map(() => undefined);
  const first = history.length - written.length;
  if (first < 0) return lines;
  for (const [index, { keyword, line }] of written.entries()) {
    if (keywordOf(history[first + index] ?? '') !== keyword) return history.map(() => undefined);
    lines[first + index] = line;
  }
  return lines;
}
