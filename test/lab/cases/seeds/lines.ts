import { type Fixed, works, worksLocked } from '../../case.ts';

/** A Dockerfile of a tutorial, in lines. */
export const file = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;

/** What the program `module` says. */
export const hasModules = works(/module cfbff0d1/);

/** Fix-all alone; and the fix that a person chooses (the user, unless said), then fix-all: no finding is left, and no root. */
export const repaired = (output: RegExp, title = /^Run as user 65532|^Use the nonroot tag/): readonly Fixed[] => [
  { really: works(output) },
  { title, clean: true, really: worksLocked(output) },
];

/** The rules for which the lists of findings are complete. A rule that is added here has to say what it finds in each case. */
export const listedRules: readonly string[] = [
  'copy-built-file',
  'download-modules-first',
  'match-go-version',
  'match-libc',
  'no-root-user',
  'no-shell-without-shell',
  'no-unknown-golang-tag',
  'pin-base-image',
  'prefer-multi-stage',
  'require-static-binary',
];
