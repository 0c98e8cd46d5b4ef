import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Analysis, analyze, fixAll, safeFix } from '../../server/analysis/analyze.ts';
import { applyEdits } from '../../server/analysis/edits.ts';
import type { ProjectFacts } from '../../server/analysis/go/project-facts.ts';
import { render } from '../../server/analysis/known.ts';
import type { Fix } from '../../server/analysis/rule.ts';
import { withChanges, writeChanges } from '../../server/cli/project-changes.ts';
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

/** The fix whose title matches, of `rule` or, where no rule is called so, of any. */
const chosenFix = (analysis: Analysis, rule: string, title: RegExp): Fix => {
  const ofRule = analysis.findings.filter((finding) => finding.rule === rule);
  const fixes = (ofRule.length > 0 ? ofRule : analysis.findings).flatMap((finding) => finding.fixes);
  const chosen = fixes.find((fix) => title.test(fix.title));
  if (!chosen) throw new Error(`no fix ${title}; there are: ${fixes.map((fix) => fix.title).join('; ') || 'none'}`);
  return chosen;
};

/** Changes the Dockerfile and the project files of a folder. */
const apply = async (folder: string, { dockerfile }: Analysis, { edits, files = [] }: Fix): Promise<void> => {
  await writeFile(resolve(folder, 'Dockerfile'), applyEdits(dockerfile.source, edits));
  const changed = await withChanges(new Map(), folder, files);
  await writeChanges([...changed.values()]);
};

const mostRounds = 10;

/** Fixes the Dockerfile of a folder: the chosen fix of a rule first, then all that is safe. Returns the text it has then. */
export const repair = async (folder: string, rule: string, title: RegExp | undefined): Promise<string> => {
  const path = resolve(folder, 'Dockerfile');
  if (title) {
    const analysis = await judge(folder);
    await apply(folder, analysis, chosenFix(analysis, rule, title));
  }
  for (let round = 0; round < mostRounds; round += 1) {
    const { text } = fixAll(await readFile(path, 'utf8'), await factsOf(folder), onDataDay);
    await writeFile(path, text);
    const analysis = await judge(folder);
    const more = analysis.findings.map(safeFix).find((fix) => fix?.files);
    if (!more) break;
    await apply(folder, analysis, more);
  }
  return readFile(path, 'utf8');
};
