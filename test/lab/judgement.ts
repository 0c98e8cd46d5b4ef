import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Analysis, analyze, fixAll } from '../../server/analysis/analyze.ts';
import { applyEdits } from '../../server/analysis/edits.ts';
import type { ProjectFacts } from '../../server/analysis/go/project-facts.ts';
import { render } from '../../server/analysis/known.ts';
import { readProject } from '../../server/project/read-project.ts';
import { onDataDay } from '../support/day.ts';

/** The project facts of a folder with a Dockerfile, as the language server reads them. */
export const factsOf = (folder: string): Promise<ProjectFacts> =>
  readProject(folder, { dockerfile: resolve(folder, 'Dockerfile') });

/** What the rules say of the Dockerfile of a folder. */
export const judge = async (folder: string): Promise<Analysis> =>
  analyze(await readFile(resolve(folder, 'Dockerfile'), 'utf8'), await factsOf(folder), onDataDay);

/** One line per finding. */
export const findingLines = ({ findings }: Analysis): readonly string[] =>
  findings.map(({ rule, range, message }) => `${rule}, line ${range.start.line + 1}: ${render(message)}`);

/** The text after the fix whose title matches, of `rule` or, where no rule is called so, of any; unchanged without a title. */
const afterChosen = (analysis: Analysis, rule: string, title: RegExp | undefined): string => {
  if (!title) return analysis.dockerfile.source.content;
  const ofRule = analysis.findings.filter((finding) => finding.rule === rule);
  const fixes = (ofRule.length > 0 ? ofRule : analysis.findings).flatMap((finding) => finding.fixes);
  const chosen = fixes.find((fix) => title.test(fix.title));
  if (!chosen) throw new Error(`no fix ${title}; there are: ${fixes.map((fix) => fix.title).join('; ') || 'none'}`);
  return applyEdits(analysis.dockerfile.source, chosen.edits);
};

/** Fixes the Dockerfile of a folder: the chosen fix of a rule first, then all that is safe. Returns the text written. */
export const repair = async (folder: string, rule: string, title: RegExp | undefined): Promise<string> => {
  const facts = await factsOf(folder);
  const path = resolve(folder, 'Dockerfile');
  const text = afterChosen(analyze(await readFile(path, 'utf8'), facts, onDataDay), rule, title);
  const fixed = fixAll(text, facts, onDataDay).text;
  await writeFile(path, fixed);
  return fixed;
};
