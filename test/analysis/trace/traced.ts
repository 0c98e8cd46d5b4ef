import assert from 'node:assert/strict';
import { parseDockerfile } from '../../../server/analysis/dockerfile/parse.ts';
import type { Known } from '../../../server/analysis/known.ts';
import type { GoBinary, StageTrace, Trace } from '../../../server/analysis/trace/model.ts';
import { traceDockerfile } from '../../../server/analysis/trace/trace.ts';
import { type Files, projectOf } from '../../support/project.ts';

/** The trace of a Dockerfile beside these project files. */
export const traceOf = (code: string, files?: Files): Trace => traceDockerfile(parseDockerfile(code), projectOf(files));

/** The stage an image is made of: the last one. */
export const lastStage = (trace: Trace): StageTrace => {
  const stage = trace.stages.at(-1);
  assert(stage);
  return stage;
};

/** A known value as it is, anything else as `?`. */
export const shown = (known: Known<string> | undefined): string => {
  if (!known) return 'unset';
  return known.known ? known.value : '?';
};

/** `/app static`, `? glibc`; `unknown, likely glibc` keeps its guess apart. */
export const binaryText = ({ path, linkage }: GoBinary): string =>
  `${shown(path)} ${linkage.verdict}${linkage.likely ? `, likely ${linkage.likely}` : ''}`;

/** What lies at a path: `go`, `context`, `base`, `run`, `folder`, `absent` or `unknown`. */
export const fileText = (stage: StageTrace, path: string): string => {
  const file = stage.lookup(path);
  return file.state === 'present' ? file.origin.kind : file.state;
};
