import { render } from '../analysis/known.ts';
import type { Linted } from './lint-targets.ts';

/** An array of findings with LSP coordinates: lines and UTF-16 characters from 0. */
export function formatJson(linted: readonly Linted[]): string {
  const findings = linted.flatMap(({ name, findings }) =>
    findings.map(({ rule, severity, message, range, related, fixes }) => ({
      file: name,
      rule,
      severity,
      message: render(message),
      range,
      related: related.map((step) => ({ range: step.range, message: render(step.message) })),
      fixes: fixes.map(({ title, safe, edits }) => ({ title, safe, edits })),
    })),
  );
  return `${JSON.stringify(findings, null, 2)}\n`;
}
