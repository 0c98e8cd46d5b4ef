import assert from 'node:assert/strict';
import { analyze, type RuledFinding } from '../../server/analysis/analyze.ts';
import type { Caller } from '../../server/analysis/caller.ts';
import { applyEdits } from '../../server/analysis/edits.ts';
import { render } from '../../server/analysis/known.ts';
import type { Rule, Severity } from '../../server/analysis/rule.ts';
import { onDataDay } from './day.ts';
import { changedFiles } from './fixed-files.ts';
import { mark, unmark } from './marks.ts';
import { type Files, projectOf } from './project.ts';

interface Case {
  readonly name: string;
  readonly code: string;
  /** Project files beside the Dockerfile; without them nothing is known of the project. */
  readonly files?: Files;
  /** Path of the Dockerfile in the context. */
  readonly path?: string;
  /** Platforms that a compose file, one for each list, builds it for. */
  readonly platforms?: readonly (readonly string[])[];
  /** What a compose file mounts over the image, and which variables it sets. */
  readonly mounts?: readonly string[];
  readonly environment?: readonly string[];
}

interface InvalidCase extends Case {
  readonly messages: readonly string[];
  /** The text after the first fix of every finding; left out when no finding has a fix. */
  readonly fixed?: string;
  /** The project files that the first fix of the first finding makes or changes, as they are then. */
  readonly fixedFiles?: Files;
  /** The line of a project file at which the first finding stands, too: `path:line sentence`, lines from 1. */
  readonly elsewhere?: string;
  /** Titles of the fixes of the first finding, where there are several. */
  readonly fixes?: readonly string[];
  readonly severity?: Severity;
  /** Sentences of the first finding's chain. */
  readonly related?: readonly string[];
}

const callersOf = ({ platforms = [], mounts, environment }: Case): readonly Caller[] =>
  (mounts || environment ? [[]] : platforms).map((each, line) => ({
    mounts: mounts ?? [],
    environment: environment ?? [],
    path: 'compose.yaml',
    range: { start: { line, character: 0 }, end: { line, character: 1 } },
    name: 'service web of compose.yaml',
    args: new Map(),
    target: undefined,
    platforms: each,
  }));

const findingsOf = (rule: Rule, code: string, given: Case) => {
  const { files, path } = given;
  const facts = projectOf(files, path);
  const project = { ...facts, callers: [...(facts.callers ?? []), ...callersOf(given)] };
  const analysis = analyze(code, project, onDataDay);
  return { ...analysis, findings: analysis.findings.filter((finding) => finding.rule === rule.id) };
};

const firstFixes = (findings: readonly RuledFinding[]) => findings.flatMap(({ fixes }) => fixes[0]?.edits ?? []);

const firstChanges = (findings: readonly RuledFinding[]) => findings[0]?.fixes[0]?.files ?? [];

const placeOf = ({ elsewhere }: RuledFinding): string | undefined =>
  elsewhere && `${elsewhere.path}:${elsewhere.range.start.line + 1} ${render(elsewhere.message)}`;

const checkInvalid = (rule: Rule, example: InvalidCase): void => {
  const { dockerfile, findings } = findingsOf(rule, unmark(example.code), example);
  const fixed = applyEdits(dockerfile.source, firstFixes(findings));
  const hasFix = findings.some(({ fixes }) => fixes.length > 0);
  assert.deepEqual(
    {
      marked: mark(
        dockerfile.source,
        findings.map(({ range }) => range),
      ),
      messages: findings.map(({ message }) => render(message)),
      fixed: hasFix ? fixed : undefined,
    },
    { marked: example.code, messages: example.messages, fixed: example.fixed },
  );
  if (example.severity) assert.equal(findings[0]?.severity, example.severity);
  if (example.fixes)
    assert.deepEqual(
      findings[0]?.fixes.map(({ title }) => title),
      example.fixes,
    );
  if (example.related)
    assert.deepEqual(
      findings[0]?.related.map(({ message }) => render(message)),
      example.related,
    );
  if (example.elsewhere) assert.equal(findings[0] && placeOf(findings[0]), example.elsewhere);
  const changes = firstChanges(findings);
  const files = changedFiles(example.files ?? {}, changes);
  assert.deepEqual(
    changes.length > 0 ? Object.fromEntries(changes.map(({ path }) => [path, files[path]])) : undefined,
    example.fixedFiles,
  );
  if (!hasFix) return;
  const left = findingsOf(rule, fixed, changes.length > 0 ? { ...example, files } : example).findings;
  assert.deepEqual(
    left.map(({ message }) => render(message)),
    [],
    'the fixed text has a finding of this rule',
  );
};

/** Runs a rule over Dockerfiles that it must leave alone and Dockerfiles in which it must find the «marked» ranges. */
export const testRule = (
  rule: Rule,
  cases: { readonly valid: readonly Case[]; readonly invalid: readonly InvalidCase[] },
): void => {
  describe(rule.id, () => {
    for (const example of cases.valid) {
      it(`is silent: ${example.name}`, () => {
        const { findings } = findingsOf(rule, unmark(example.code), example);
        assert.deepEqual(
          findings.map(({ message }) => render(message)),
          [],
        );
      });
    }
    for (const example of cases.invalid) it(`finds: ${example.name}`, () => checkInvalid(rule, example));
  });
};
