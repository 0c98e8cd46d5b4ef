import type { Config } from './config.ts';
import type { Step } from './known.ts';
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

/** What a rule finds, unless it is switched off. */
export function* runRule(rule: Rule, subject: Subject, config: Config): Iterable<RuledFinding> {
  if (config.rules[rule.id] === 'off') return;
  for (const finding of rule.check(subject)) {
    const severity = severityOf(rule, finding, config);
    if (severity === 'off') continue;
    yield { ...finding, rule: rule.id, severity, fixes: finding.fixes ?? [], related: finding.related ?? [] };
  }
}
