import { type Runs, type Trial, withCallers } from './callers.ts';
import { type Config, defaultConfig } from './config.ts';
import type { Dockerfile } from './dockerfile/model.ts';
import { parseDockerfile } from './dockerfile/parse.ts';
import { applyEdits, compatible } from './edits.ts';
import type { ProjectFacts } from './go/project-facts.ts';
import type { Fix, Subject } from './rule.ts';
import { type RuledFinding, runRule } from './ruled-finding.ts';
import { rules } from './rules/index.ts';
import { noUnusedIgnore } from './rules/no-unused-ignore.ts';
import { readSuppression } from './suppression.ts';
import type { Trace } from './trace/model.ts';
import { differingCallers, passedBy } from './trace/passed.ts';
import type { Traced } from './trace/reuse.ts';
import { traceDockerfile } from './trace/trace.ts';

export type { RuledFinding } from './ruled-finding.ts';

export interface Analysis extends Traced {
  /** In the order of the text; empty for a Dockerfile that has nothing to do with Go. */
  readonly findings: readonly RuledFinding[];
}

const byPosition = (a: RuledFinding, b: RuledFinding): number =>
  a.range.start.line - b.range.start.line ||
  a.range.start.character - b.range.start.character ||
  a.rule.localeCompare(b.rule);

const findingsOf = (dockerfile: Dockerfile, trace: Trace, project: ProjectFacts, config: Config) => {
  const subject: Subject = { dockerfile, trace, project, today: config.today, unusedIgnores: [] };
  return trace.isAboutGo ? rules.flatMap((rule) => [...runRule(rule, subject, config)]) : [];
};

/** The rules over the build without arguments, and over the builds of callers that pass others than the defaults. */
const runsOf = (dockerfile: Dockerfile, base: Trace, project: ProjectFacts, config: Config): Runs => ({
  base: findingsOf(dockerfile, base, project, config),
  callers: differingCallers(dockerfile, project.callers ?? []).map((caller) => {
    const trace = traceDockerfile(dockerfile, project, passedBy(caller));
    return { caller, findings: findingsOf(dockerfile, trace, project, config) };
  }),
});

const trialOf =
  ({ source }: Dockerfile, project: ProjectFacts, config: Config): Trial =>
  (edits) => {
    const edited = parseDockerfile(applyEdits(source, edits));
    return runsOf(edited, traceDockerfile(edited, project), project, config);
  };

/**
 * Parses once, traces once for each way to build it, runs the rules that are on, drops what is suppressed. Never throws on any text. `before` is
 * the analysis of an earlier version of the text: what did not change is not read again. A text that was parsed is not
 * parsed again.
 */
export const analyze = (
  text: string | Dockerfile,
  project: ProjectFacts,
  config: Config = defaultConfig,
  before?: Analysis,
): Analysis => {
  const dockerfile = typeof text === 'string' ? parseDockerfile(text, before?.dockerfile) : text;
  const trace = traceDockerfile(dockerfile, project, undefined, before);
  if (!trace.isAboutGo) return { dockerfile, project, trace, findings: [] };
  const subject: Subject = { dockerfile, trace, project, today: config.today, unusedIgnores: [] };
  const suppression = readSuppression(dockerfile);
  const found = withCallers(runsOf(dockerfile, trace, project, config), trialOf(dockerfile, project, config));
  const unusedIgnores = suppression
    .unused(found)
    .filter(({ id }) => config.rules[id] !== 'off' && id !== noUnusedIgnore.id)
    .map((ignore) => ({ ...ignore, isRule: rules.some(({ id }) => id === ignore.id) }));
  const findings = [...found, ...runRule(noUnusedIgnore, { ...subject, unusedIgnores }, config)].filter(
    (finding) => !suppression.silences(finding),
  );
  return { dockerfile, project, trace, findings: findings.sort(byPosition) };
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
