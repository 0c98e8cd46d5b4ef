import { type Outcome, works, worksLocked } from '../../case.ts';

/** A Dockerfile of a tutorial, in lines. */
export const file = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;

/** What the program `module` says. */
export const hasModules = works(/module cfbff0d1/);

/** The fix of no-root-user that a person chooses, then all safe ones of every rule. */
export const asNonroot = (output: RegExp): { readonly title: RegExp; readonly really: Outcome } => ({
  title: /^Run as user 65532|^Use the nonroot tag/,
  really: worksLocked(output),
});
