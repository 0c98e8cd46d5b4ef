import type { Dockerfile } from '../dockerfile/model.ts';
import type { ProjectFacts } from '../go/project-facts.ts';
import { message, type Step } from '../known.ts';
import type { StageTrace } from './model.ts';
import { rootFrom } from './questions.ts';

/** Whose platform a stage has: that of the machine that builds, that of the image asked for, or one nobody can tell. */
export type StagePlatform = 'builder' | 'target' | 'unknown';

/** A build of the Dockerfile that is asked for several platforms, of which one machine has but one; its place. */
export const severalPlatforms = ({ callers = [] }: ProjectFacts): readonly Step[] => {
  const caller = callers.find(({ platforms }) => new Set(platforms).size > 1);
  if (!caller) return [];
  const values = { name: caller.name, platforms: caller.platforms.join(', ') };
  return [{ file: caller.path, range: caller.range, message: message('The {name} builds for {platforms}.', values) }];
};

/** Whether every build that is described is for one platform, always the same. */
export const onePlatform = ({ callers = [] }: ProjectFacts): boolean =>
  callers.length > 0 &&
  callers.every(({ platforms }) => platforms.length === 1) &&
  new Set(callers.flatMap(({ platforms }) => platforms)).size === 1;

/** The `--platform` of the FROM at the bottom of a stage's chain. */
const writtenPlatform = (stage: StageTrace): string | undefined => {
  const { from } = rootFrom(stage).stage;
  return from.flags.find(({ name }) => name === 'platform')?.value?.raw.replace(/^(["'])(.*)\1$/, '$2');
};

/** The variable that it is. */
export const platformVariable = (stage: StageTrace): string | undefined =>
  /^\$(?:(\w+)|\{(\w+)(?::?-[^}]*)?\})$/
    .exec(writtenPlatform(stage) ?? '')
    ?.slice(1)
    .find(Boolean);

/** What it means; without one the platform is the target's. */
export const platformOf = (stage: StageTrace, dockerfile: Dockerfile): StagePlatform => {
  if (writtenPlatform(stage) === undefined) return 'target';
  const name = platformVariable(stage);
  const isReset = dockerfile.globalArgs.some(({ assignments }) =>
    assignments.some((assignment) => assignment.name === name && assignment.value),
  );
  if (isReset) return 'unknown';
  if (name === 'BUILDPLATFORM') return 'builder';
  return name === 'TARGETPLATFORM' ? 'target' : 'unknown';
};
