import { createHash } from 'node:crypto';
import type { RuledFinding } from '../analysis/analyze.ts';
import { render } from '../analysis/known.ts';

/**
 * Names findings in a way that stays the same when lines move: 64 hexadecimal digits from the file, the rule, the message
 * and how many of the same came before. One function per report.
 */
export function fingerprints(): (file: string, finding: RuledFinding) => string {
  const counts = new Map<string, number>();
  return (file, { rule, message }) => {
    const key = JSON.stringify([file, rule, render(message)]);
    const before = counts.get(key) ?? 0;
    counts.set(key, before + 1);
    return createHash('sha256').update(`${key}${before}`).digest('hex');
  };
}
