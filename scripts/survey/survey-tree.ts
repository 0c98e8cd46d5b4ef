import type { Console } from '../../server/cli/console.ts';
import { type Linted, lintTargets } from '../../server/cli/lint-targets.ts';
import { findTargets } from '../../server/cli/targets.ts';
import { createProjects } from '../../server/project/projects.ts';

/** One Dockerfile of a work tree. */
export interface Surveyed {
  /** Absolute. */
  readonly file: string;
  /** Time in milliseconds, reading its project included where it is the first of its context. */
  readonly milliseconds: number;
  readonly findings: Linted['findings'];
  /** Why it was not checked: it cannot be read, or the check threw. */
  readonly problem: string | undefined;
}

/** Lints every Dockerfile below a folder (absolute), which is the workspace of each. Never rejects. */
export const surveyTree = async (folder: string): Promise<readonly Surveyed[]> => {
  const console: Console = {
    folder,
    environment: {},
    isTerminal: false,
    today: new Date(),
    input: () => {
      throw new Error('a survey has no standard input');
    },
    out: () => undefined,
    err: () => undefined,
  };
  const projects = createProjects();
  const found = await findTargets([folder], folder);
  const surveyed: Surveyed[] = found.problems.map((problem) => ({
    file: folder,
    milliseconds: 0,
    findings: [],
    problem,
  }));
  for (const target of found.targets) {
    const start = performance.now();
    const { linted, problems } = await lintTargets([target], 'not', console, projects);
    const milliseconds = performance.now() - start;
    surveyed.push({ file: target.file, milliseconds, findings: linted[0]?.findings ?? [], problem: problems[0] });
  }
  projects.dispose();
  return surveyed;
};
