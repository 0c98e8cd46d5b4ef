import { analyze } from '../../../server/analysis/analyze.ts';
import { parseDockerfile } from '../../../server/analysis/dockerfile/parse.ts';
import { applyEdits } from '../../../server/analysis/edits.ts';
import { failureFixes } from '../../../server/analysis/failure-fixes.ts';
import type { Fix } from '../../../server/analysis/rule.ts';
import { type Explanation, explainFailure } from '../../../server/image/explain/explain.ts';
import { instructionTexts } from '../../../server/image/instruction-texts.ts';
import { readProgress } from '../../../server/image/progress.ts';
import { projectOf } from '../../support/project.ts';
import { type FailureCase, type FailureEngine, filesOf } from './case.ts';

/** What we say of a failure, from what the engine printed. */
export const explainLog = (
  builder: FailureEngine,
  dockerfile: string,
  log: string,
  code: number | undefined,
): Explanation => {
  const progress = readProgress(builder === 'podman' || builder === 'legacy' ? 'steps' : 'plain');
  for (const line of log.split('\n')) progress.line(line);
  const kind = builder === 'podman' ? 'podman' : 'docker';
  const instructions = instructionTexts(parseDockerfile(dockerfile));
  const engine = { kind, builder: builder === 'moby' ? 'buildx' : builder } as const;
  return explainFailure({ engine, progress, code, instructions });
};

/** The first quick fix on the failure's diagnostic. */
export const firstFix = (failure: FailureCase, { cause, line = -1 }: Explanation): Fix | undefined => {
  const { Dockerfile, ...files } = filesOf(failure);
  const project = projectOf(files);
  return failureFixes(analyze(failure.dockerfile, project), project, { cause, line })[0];
};

/** The Dockerfile after a fix. */
export const fixedText = ({ dockerfile }: FailureCase, { edits }: Fix): string =>
  applyEdits(parseDockerfile(dockerfile).source, edits);

/** How what we say differs from what the table says; empty when it does not. */
export const misexplained = (failure: FailureCase, found: Explanation): string => {
  const line = found.line === undefined ? undefined : found.line + 1;
  const fix = firstFix(failure, found)?.title;
  if (found.cause !== failure.cause) return `the cause is ${found.cause}: ${found.reason}`;
  if (!found.reason.includes(failure.says)) return `the reason is: ${found.reason}`;
  if (line !== failure.line) return `the line is ${line}: ${found.reason}`;
  return fix === failure.fix ? '' : `the fix is ${fix}`;
};
