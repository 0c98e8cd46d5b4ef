import { type Fixed, fixAll, safeFix } from '../analysis/analyze.ts';
import type { Config } from '../analysis/config.ts';
import { sourceText } from '../analysis/dockerfile/source-text.ts';
import { applyEdits } from '../analysis/edits.ts';
import type { ProjectFacts } from '../analysis/go/project-facts.ts';
import type { DockerfileText } from './dockerfile-text.ts';
import { type ChangedFiles, withChanges } from './project-changes.ts';

/** A Dockerfile to fix with all that its project says. */
export interface Fixable {
  readonly read: DockerfileText;
  /** The build context: absolute. */
  readonly context: string;
  readonly config: Config;
  /** Standard input has no project files to write to. */
  readonly alone: boolean;
  /** What fixes of other Dockerfiles change that is not written yet. */
  readonly pending: ChangedFiles;
  readonly project: () => Promise<ProjectFacts>;
  /** The project as it would be with other texts (by absolute path). */
  readonly preview: (texts: ReadonlyMap<string, string>) => Promise<ProjectFacts>;
}

/** What the safe fixes make of a Dockerfile and of project files, those that were pending included. */
export interface AllFixed extends Fixed {
  readonly files: ChangedFiles;
}

/** A project file that is changed changes what is true: everything is looked at again, at most so often. */
const mostRounds = 10;

/** The Dockerfile's fixes, and those that change project files as well. Nothing is written. Rejects as `withChanges` does. */
export async function fixProject(fixable: Fixable): Promise<AllFixed> {
  const { read, context, config, alone } = fixable;
  let files = fixable.pending;
  let fixed = fixAll(read.text, await projectWith(files, fixable), config);
  for (let round = 0; round < mostRounds && !alone && read.faithful; round += 1) {
    const fix = fixed.findings.map(safeFix).find((one) => one?.files);
    if (!fix?.files) break;
    files = await withChanges(files, context, fix.files);
    const text = applyEdits(sourceText(fixed.text), fix.edits);
    const next = fixAll(text, await projectWith(files, fixable), config);
    fixed = { ...next, applied: fixed.applied + 1 + next.applied };
  }
  return { ...fixed, files };
}

const projectWith = (files: ChangedFiles, { project, preview }: Fixable): Promise<ProjectFacts> =>
  files.size === 0 ? project() : preview(new Map([...files.values()].map(({ file, after }) => [file, after])));
