import { readdirSync, readFileSync } from 'node:fs';

/** A process of this machine. */
interface Running {
  readonly pid: number;
  readonly words: readonly string[];
}

/** Processes other than this one whose command line names a text. */
export function processesNaming(text: string): readonly Running[] {
  const found: Running[] = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      if (words.some((word) => word.includes(text))) found.push({ pid: Number(pid), words });
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}
