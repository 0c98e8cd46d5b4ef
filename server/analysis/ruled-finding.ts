import type { Config } from './config.ts';
import { render, type Step } from './known.ts';
import type { Finding, Fix, Rule, Severity, Subject } from './rule.ts';

/** A finding with what its rule and the settings add. */
export interface RuledFinding extends Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly fixes: readonly Fix[];
  readonly related: readonly Step[];
}

const severityOf = (rule: Rule, finding: Finding, config: Config): Severity | 'off' =>
  config.rules[rule.id] ?? finding.severity ?? rule.severity;

/** What a rule finds, unless it is switched off; what is true of several stages with one beginning is told once. */
export function* runRule(rule: Rule, subject: Subject, config: Config): Iterable<RuledFinding> {
  if (config.rules[rule.id] === 'off') return;
  const told = new Set<string>();
  for (const finding of rule.check(subject)) {
    const severity = severityOf(rule, finding, config);
    const key = `${finding.range.start.line}:${finding.range.start.character} ${render(finding.message)}`;
    if (severity === 'off' || told.has(key)) continue;
    told.add(key);
    yield { ...finding, rule: rule.id, severity, fixes: finding.fixes ?? [], related: finding.related ?? [] };
  }
}
