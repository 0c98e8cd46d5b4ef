import { nearest } from '../analysis/nearest.ts';

/** A mistake in how we were called, or a file that cannot be read: its message is the one line on standard error. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** By its name: a module that is loaded late may have a class of its own. */
export const isUsageError = (error: unknown): error is Error => error instanceof Error && error.name === 'UsageError';

/** Throws; for the right side of `??`. */
export function fail(message: string): never {
  throw new UsageError(message);
}

export const exitCodes = { clean: 0, findings: 1, error: 2 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** `, did you mean "lint"?` when one of the names is close, else nothing. */
export function suggestion(wrong: string, names: readonly string[]): string {
  const meant = nearest(wrong, names);
  return meant === undefined ? '' : `, did you mean "${meant}"?`;
}
