import type { Entry } from './entry.ts';

/** What the kernel does to any command. Before what go says, which repeats these words. */
export const kernelTable = [
  {
    cause: 'disk-full',
    says: /no space left on device/i,
    reason: 'The disk of the engine is full: free space, for example with docker system prune.',
  },
  {
    cause: 'out-of-memory',
    says: /cannot allocate memory|out of memory|failed to reserve page summary memory|ENOMEM|mmap.*errno 12/i,
    reason: 'The command ran out of memory: give the engine more, or build with go build -p 1.',
  },
  {
    cause: 'killed',
    says: /signal: killed|\bexit code: 137\b|exit status 137|non-zero code: 137|^Killed$/m,
    reason:
      'The command was killed (exit code 137), most often for want of memory: give the engine more, or build with go build -p 1.',
  },
  {
    cause: 'exec-format',
    says: /exec format error|Exec format error/,
    reason:
      'The program is made for another processor than the one that builds: build for $BUILDPLATFORM, or set up emulation (QEMU).',
  },
] as const satisfies readonly Entry[];

/** What a shell says of a program. After what go says, which knows better what it looks for. */
export const shellTable = [
  {
    cause: 'script-missing',
    says: /sh: (?:\d+: |line \d+: )?(?<program>[^\s:]*\/[^\s:]+): not found|(?<other>[^\s:]*\/[^\s:]+): .*bad interpreter|cannot execute: required file not found/,
    reason: ({ program, other }) =>
      `${program ?? other ?? 'The script'} is not there, or its first line names a program that is not: Windows line ends (CRLF) do that.`,
  },
  {
    cause: 'not-executable',
    says: /(?:sh: (?:\d+: |line \d+: )?|exec: ")(?<program>[^\s:"]*\/[^\s:"]+)"?: Permission denied/i,
    reason: '{program} is not executable: set its mode in Git (git update-index --chmod=+x), or run it with sh.',
  },
  {
    cause: 'no-shell',
    says: /exec: \\?"(?<program>\/bin\/sh)\\?": stat \/bin\/sh: no such file|(?:starting container process caused|runtime).*"?\/bin\/sh"?: (?:stat .*: )?no such file or directory|executable file `\/bin\/sh` not found/i,
    reason:
      'RUN needs /bin/sh, which this image does not have: run the command in the builder stage, and COPY what it makes.',
  },
  {
    cause: 'program-missing',
    says: /sh: (?:\d+: |line \d+: )?(?<program>[\w.+-]+): (?:command )?not found|exec: "(?<other>[\w.+-]+)": executable file not found/,
    reason: ({ program, other }) =>
      (program ?? other) === 'go'
        ? 'go is not in this image: start the stage from golang.'
        : `${program ?? other} is not in this image: install it first.`,
  },
  {
    cause: 'runtime',
    says: /error running container: (?:from \S+ )?(?:creating container for \[[^\]]*\]: )?(?<problem>.+)/,
    reason: 'The engine cannot start the container of this step: {problem}',
  },
] as const satisfies readonly Entry[];
