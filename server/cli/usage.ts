/** A mistake in how we were called, or a file that cannot be read: its message is the one line on standard error. */
export class UsageError extends Error {}

/** Throws; for the right side of `??`. */
export function fail(message: string): never {
  throw new UsageError(message);
}

export const exitCodes = { clean: 0, findings: 1, error: 2 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** `, did you mean "lint"?` when one of the names is close, else nothing. */
export function suggestion(wrong: string, names: readonly string[]): string {
  const ranked = names
    .map((name) => ({ name, distance: distance(wrong, name) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= Math.max(1, Math.floor(wrong.length / 3)) ? `, did you mean "${best.name}"?` : '';
}

/** Letters to add, remove, replace or swap with the next. */
function distance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= one.length; row += 1) {
    rows[row] = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const costs = [at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + same];
      if (swapped) costs.push(at(row - 2, column - 2) + 1);
      rows[row]?.push(Math.min(...costs));
    }
  }
  return at(one.length, other.length);
}
