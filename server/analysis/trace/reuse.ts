import type { Dockerfile } from '../dockerfile/model.ts';
import type { ProjectFacts } from '../go/project-facts.ts';
import { knownValue } from '../known.ts';
import type { ResolvedImage, StageRole, StageTrace, Trace } from './model.ts';

/** A text with its trace, and the facts that it was made with. */
export interface Traced {
  readonly dockerfile: Dockerfile;
  readonly project: ProjectFacts;
  readonly trace: Trace;
}

/** What the walk of a text starts from: each FROM resolved, and for each stage the later ones that use it. */
export interface Plan {
  readonly dockerfile: Dockerfile;
  readonly project: ProjectFacts;
  readonly images: readonly ResolvedImage[];
  readonly users: readonly (readonly number[])[];
  readonly roles: readonly StageRole[];
}

const sameItems = <T>(one: readonly T[], other: readonly T[]): boolean =>
  one.length === other.length && one.every((item, index) => item === other[index]);

const comparable = (before: Traced, { dockerfile, project }: Plan): boolean =>
  before.project === project &&
  before.dockerfile.escape === dockerfile.escape &&
  before.dockerfile.stages.length === dockerfile.stages.length &&
  sameItems(before.dockerfile.globalArgs, dockerfile.globalArgs);

/** The stages, by index, whose trace is the one they had before: neither they nor any stage they use have changed. */
export const unchangedStages = (before: Traced | undefined, plan: Plan): ReadonlyMap<number, StageTrace> => {
  const unchanged = new Map<number, StageTrace>();
  if (!before || !comparable(before, plan)) return unchanged;
  const stale = new Set<number>();
  for (const [index, stage] of plan.dockerfile.stages.entries()) {
    const old = before.trace.stages[index];
    const users = plan.users[index] ?? [];
    const references = [before.trace.images[index], plan.images[index]].map(
      (image) => image && knownValue(image.reference),
    );
    const isSame =
      old?.stage === stage &&
      old.role === plan.roles[index] &&
      references[0] === references[1] &&
      sameItems(old.usedBy, users) &&
      !stale.has(index);
    if (isSame) unchanged.set(index, old);
    else for (const user of [...users, ...(old?.usedBy ?? [])]) stale.add(user);
  }
  return unchanged;
};
