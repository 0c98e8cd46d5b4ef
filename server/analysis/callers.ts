import type { Caller } from './caller.ts';
import { render, type Step } from './known.ts';
import type { Fix } from './rule.ts';
import type { RuledFinding } from './ruled-finding.ts';

/** What the rules find for a caller: in the build that it asks for. */
export interface CallerRun {
  readonly caller: Caller;
  readonly findings: readonly RuledFinding[];
}

/** The findings of a text without arguments, and for each caller in order. */
export interface Runs {
  readonly base: readonly RuledFinding[];
  readonly callers: readonly CallerRun[];
}

/** Looks at the Dockerfile again after edits. */
export type Trial = (edits: Fix['edits']) => Runs;

const placeOf = ({ rule, range: { start } }: RuledFinding): string => `${rule} ${start.line}:${start.character}`;

const sentenceOf = ({ rule, message }: RuledFinding): string => `${rule} ${render(message)}`;

const isSerious = ({ severity }: RuledFinding): boolean => severity === 'error' || severity === 'warning';

/** Whether more is wrong after a fix than before, by rule. */
const isWorse = (before: readonly RuledFinding[], after: readonly RuledFinding[]): boolean => {
  const counts = new Map<string, number>();
  for (const { rule } of before.filter(isSerious)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  for (const { rule } of after.filter(isSerious)) counts.set(rule, (counts.get(rule) ?? 0) - 1);
  return [...counts.values()].some((left) => left < 0);
};

const isSame = (one: Fix, other: Fix): boolean => JSON.stringify(one.edits) === JSON.stringify(other.edits);

/** A fix of the build without arguments is right for a caller whose build offers the same at the same place, or is none the worse for it. */
const suits = (finding: RuledFinding, fix: Fix, runs: Runs, trial: Trial): boolean => {
  if (fix.edits.length === 0) return true;
  const unsure = runs.callers.some(({ findings }) => {
    const same = findings.find((other) => placeOf(other) === placeOf(finding));
    return !same?.fixes.some((other) => isSame(other, fix));
  });
  if (!unsure) return true;
  const after = trial(fix.edits);
  return runs.callers.every(({ findings }, at) => !isWorse(findings, after.callers[at]?.findings ?? []));
};

/** A fix of a caller's finding ends it, and makes nothing worse for anybody. */
const mends = (finding: RuledFinding, fix: Fix, at: number, runs: Runs, trial: Trial): boolean => {
  if (fix.edits.length === 0) return false;
  const after = trial(fix.edits);
  const ends = !after.callers[at]?.findings.some((other) => sentenceOf(other) === sentenceOf(finding));
  const before = [runs.base, ...runs.callers.map(({ findings }) => findings)];
  const then = [after.base, ...after.callers.map(({ findings }) => findings)];
  return ends && before.every((findings, index) => !isWorse(findings, then[index] ?? []));
};

const namesCaller = ({ path, range }: Caller, { related }: RuledFinding): boolean =>
  related.some((step) => step.file === path && step.range.start.line === range.start.line);

/** The caller's place, at the end of the chain. */
const callerStep = ({ path, range, name, args }: Caller): Step => {
  const known = [...args].filter(([, value]) => value !== undefined);
  const passed = known.map(([key, value]) => `${key}=${value}`).join(', ');
  return { file: path, range, message: { template: 'The {name} passes {passed}.', values: { name, passed } } };
};

const forCaller = (finding: RuledFinding, caller: Caller): RuledFinding =>
  namesCaller(caller, finding) ? finding : { ...finding, related: [...finding.related, callerStep(caller)] };

/**
 * The findings of a Dockerfile with those that are only true for a caller, which name it; without fixes that would break
 * a caller's build.
 */
export const withCallers = (runs: Runs, trial: Trial): readonly RuledFinding[] => {
  if (runs.callers.length === 0) return runs.base;
  const base = runs.base.map((finding) => ({
    ...finding,
    fixes: finding.fixes.filter((fix) => suits(finding, fix, runs, trial)),
  }));
  const told = new Set(base.map(placeOf));
  const more = runs.callers.flatMap(({ caller, findings }, at) =>
    findings.flatMap((finding) => {
      if (told.has(placeOf(finding))) return [];
      told.add(placeOf(finding));
      const fixes = finding.fixes.filter((fix) => mends(finding, fix, at, runs, trial));
      return [forCaller({ ...finding, fixes }, caller)];
    }),
  );
  return [...base, ...more];
};
