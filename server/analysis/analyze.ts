import { type Config, defaultConfig } from './config.ts';
import type { Dockerfile } from './dockerfile/model.ts';
import { parseDockerfile } from './dockerfile/parse.ts';
import { applyEdits, compatible } from './edits.ts';
import type { ProjectFacts } from './go/project-facts.ts';
import type { Step } from './known.ts';
import type { Finding, Fix, Rule, Severity, Subject } from './rule.ts';
import { rules } from './rules/index.ts';
import { noUnusedIgnore } from './rules/no-unused-ignore.ts';
import { readSuppression } from './suppression.ts';
import type { Trace } from './trace/model.ts';
import { traceDockerfile } from './trace/trace.ts';

/** A finding with what its rule and the settings add. */
export interface RuledFinding extends Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly fixes: readonly Fix[];
  readonly related: readonly Step[];
}

export interface Analysis {
  readonly dockerfile: Dockerfile;
  readonly trace: Trace;
  /** In the order of the text; empty for a Dockerfile that has nothing to do with Go. */
  readonly findings: readonly RuledFinding[];
}

const severityOf = (rule: Rule, finding: Finding, config: Config): Severity | 'off' =>
  config.rules[rule.id] ?? finding.severity ?? rule.severity;

function* run(rule: Rule, subject: Subject, config: Config): Iterable<RuledFinding> {
  if (config.rules[rule.id] === 'off') return;
  for (const finding of rule.check(subject)) {
    const severity = severityOf(rule, finding, config);
    if (severity === 'off') continue;
    yield { ...finding, rule: rule.id, severity, fixes: finding.fixes ?? [], related: finding.related ?? [] };
  }
}

const byPosition = (a: RuledFinding, b: RuledFinding): number =>
  a.range.start.line - b.range.start.line ||
  a.range.start.character - b.range.start.character ||
  a.rule.localeCompare(b.rule);

/**
 * Parses once, traces once, runs the rules that are on, drops what is suppressed. Never throws on any text. `before` is
 * the analysis of an earlier version of the text: what did not change is not read again.
 */
export const analyze = (
  text: string,
  project: ProjectFacts,
  config: Config = defaultConfig,
  before?: Analysis,
): Analysis => {
  const dockerfile = parseDockerfile(text, before?.dockerfile);
  const trace = traceDockerfile(dockerfile, project);
  if (!trace.isAboutGo) return { dockerfile, trace, findings: [] };
  const subject: Subject = { dockerfile, trace, project, today: config.today, unusedIgnores: [] };
  const suppression = readSuppression(dockerfile);
  const found = rules.flatMap((rule) => [...run(rule, subject, config)]);
  const unusedIgnores = suppression
    .unused(found)
    .filter(({ id }) => config.rules[id] !== 'off' && id !== noUnusedIgnore.id)
    .map((ignore) => ({ ...ignore, isRule: rules.some(({ id }) => id === ignore.id) }));
  const findings = [...found, ...run(noUnusedIgnore, { ...subject, unusedIgnores }, config)].filter(
    (finding) => !suppression.silences(finding),
  );
  return { dockerfile, trace, findings: findings.sort(byPosition) };
};

export interface Fixed {
  readonly text: string;
  /** Number of fixes applied over all rounds. */
  readonly applied: number;
  /** What is left. */
  readonly findings: readonly RuledFinding[];
}

/** The safe fix of a finding; a rule that offers several puts the preferred one first. */
export const safeFix = ({ fixes }: RuledFinding): Fix | undefined => fixes.find(({ safe }) => safe);

/** Those of the Dockerfile alone: whoever changes project files has to read the project again. */
const safeFixes = (analysis: Analysis): readonly Fix[] => {
  const chosen: Fix[] = [];
  for (const finding of analysis.findings) {
    const fix = safeFix(finding);
    if (!fix || fix.files) continue;
    if (chosen.every((other) => compatible(analysis.dockerfile.source, other.edits, fix.edits))) chosen.push(fix);
  }
  return chosen;
};

/** Applies the safe fixes that change no project file round by round until nothing changes, at most ten rounds. */
export const fixAll = (text: string, project: ProjectFacts, config: Config = defaultConfig): Fixed => {
  let current = text;
  let applied = 0;
  for (let round = 0; round < 10; round += 1) {
    const analysis = analyze(current, project, config);
    const fixes = safeFixes(analysis);
    if (fixes.length === 0) return { text: current, applied, findings: analysis.findings };
    current = applyEdits(
      analysis.dockerfile.source,
      fixes.flatMap((fix) => fix.edits),
    );
    applied += fixes.length;
  }
  return { text: current, applied, findings: analyze(current, project, config).findings };
};
