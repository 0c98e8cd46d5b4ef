import assert from 'node:assert/strict';
import { DockerfileLanguageServiceFactory } from 'dockerfile-language-service';
import type { Range } from 'vscode-languageserver-types';
import { type Analysis, analyze, fixAll, type RuledFinding } from '../../server/analysis/analyze.ts';
import { parseDockerfile } from '../../server/analysis/dockerfile/parse.ts';
import { applyEdits } from '../../server/analysis/edits.ts';
import type { ProjectFacts } from '../../server/analysis/go/project-facts.ts';
import type { Fix } from '../../server/analysis/rule.ts';
import { onDataDay } from '../support/day.ts';

const service = DockerfileLanguageServiceFactory.createLanguageService();

/** Of the image's name the validator judges in one spelling what it lets pass in another. */
const aboutImages: ReadonlySet<unknown> = new Set([26, 51]);

/** Errors of the generic validator; it throws on some texts, and then it has nothing to say. */
const syntaxErrors = (text: string): number | undefined => {
  try {
    return service.validate(text).filter(({ severity, code }) => severity === 1 && !aboutImages.has(code)).length;
  } catch {
    return undefined;
  }
};

const assertInside = ({ start, end }: Range, { dockerfile: { source } }: Analysis): void => {
  const [from, to] = [source.position(source.offset(start)), source.position(source.offset(end))];
  const behind = source.position(source.content.length);
  // The line behind the last one, at its start, is where the edits of whole lines end.
  const isEnd = end.line === behind.line + 1 && end.character === 0;
  assert.deepEqual(from, start, 'a range starts outside the document');
  assert.ok(
    isEnd || (to.line === end.line && to.character === end.character),
    `outside the document: ${JSON.stringify(end)}`,
  );
  assert.ok(source.offset(start) <= source.offset(end), 'a range ends before it starts');
};

const assertApart = ({ edits, title }: Fix, { dockerfile: { source } }: Analysis): void => {
  const spans = edits.map(({ range }) => [source.offset(range.start), source.offset(range.end)] as const);
  spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  for (const [index, [start]] of spans.slice(1).entries())
    assert.ok(start >= (spans[index]?.[1] ?? 0), `edits of “${title}” overlap`);
};

/** No fix breaks what can be read, or makes more findings of its own rule. */
const assertFixed = (finding: RuledFinding, fix: Fix, analysis: Analysis, project: ProjectFacts): void => {
  const fixed = applyEdits(analysis.dockerfile.source, fix.edits);
  const [before, after] = [syntaxErrors(analysis.dockerfile.source.content), syntaxErrors(fixed)];
  if (before !== undefined && after !== undefined)
    assert.ok(after <= before, `${finding.rule}: “${fix.title}” breaks the syntax:\n${fixed}`);
  const count = ({ findings }: Analysis): number => findings.filter(({ rule }) => rule === finding.rule).length;
  const left = count(analyze(fixed, project, onDataDay));
  assert.ok(left <= count(analysis), `${finding.rule}: “${fix.title}” makes findings:\n${fixed}`);
};

const inTime = <T>(what: string, work: () => T): T => {
  const { user } = process.cpuUsage();
  const result = work();
  const milliseconds = (process.cpuUsage().user - user) / 1000;
  assert.ok(milliseconds < 1000, `${what} took ${milliseconds.toFixed(0)} ms`);
  return result;
};

/** What holds for any text in any project. */
export const assertSound = (text: string, project: ProjectFacts): void => {
  const analysis = inTime('the analysis', () => analyze(text, project, onDataDay));
  for (const finding of analysis.findings) {
    assertInside(finding.range, analysis);
    for (const { range, file } of finding.related) if (file === undefined) assertInside(range, analysis);
    for (const fix of finding.fixes) {
      for (const { range } of fix.edits) assertInside(range, analysis);
      assertApart(fix, analysis);
    }
  }
};

/** What holds for a text that may well be built. */
export const assertMends = (text: string, project: ProjectFacts): void => {
  const analysis = analyze(text, project, onDataDay);
  for (const finding of analysis.findings) {
    for (const fix of finding.fixes) if (!fix.files) assertFixed(finding, fix, analysis, project);
  }
  const once = inTime('fix-all', () => fixAll(text, project, onDataDay));
  const twice = fixAll(once.text, project, onDataDay);
  assert.equal(twice.text, once.text, 'fix-all twice is not once');
  assert.equal(twice.applied, 0, 'fix-all is not done after ten rounds');
};

/** An edit makes of the reading before what a new reading makes of the text. */
export const assertFollows = (before: string, after: string): void => {
  const { source, split, ...followed } = parseDockerfile(after, parseDockerfile(before));
  const { source: newSource, split: newSplit, ...read } = parseDockerfile(after);
  assert.deepEqual([followed, split.instructions, source.content], [read, newSplit.instructions, newSource.content]);
};
