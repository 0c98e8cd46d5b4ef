import type { Dockerfile } from '../dockerfile/model.ts';
import type { StageTrace } from './model.ts';
import { rootFrom } from './questions.ts';

/** Whose platform a stage has: that of the machine that builds, that of the image asked for, or one nobody can tell. */
export type StagePlatform = 'builder' | 'target' | 'unknown';

/** The `--platform` of the FROM at the bottom of a stage's chain; without one it is the target's. */
export const platformOf = (stage: StageTrace, dockerfile: Dockerfile): StagePlatform => {
  const { from } = rootFrom(stage).stage;
  const written = from.flags.find(({ name }) => name === 'platform')?.value?.raw.replace(/^(["'])(.*)\1$/, '$2');
  if (written === undefined) return 'target';
  const name = /^\$(?:(\w+)|\{(\w+)(?::?-[^}]*)?\})$/.exec(written)?.slice(1).find(Boolean);
  const isReset = dockerfile.globalArgs.some(({ assignments }) =>
    assignments.some((assignment) => assignment.name === name && assignment.value),
  );
  if (isReset) return 'unknown';
  if (name === 'BUILDPLATFORM') return 'builder';
  return name === 'TARGETPLATFORM' ? 'target' : 'unknown';
};
