import type { TextEdit } from 'vscode-languageserver-types';
import type { Mount, RunInstruction } from './dockerfile/model.ts';
import { addRunFlags } from './edits.ts';
import { flag } from './go/command.ts';
import { knownValue } from './known.ts';
import type { Fix, Subject } from './rule.ts';
import { uidOf } from './trace/home.ts';
import type { CopyTrace, GoStep, StageTrace } from './trace/model.ts';
import { compilesModule, downloadsModules, mountOver, movesCache, needsModules } from './trace/modules.ts';
import { basename, below } from './trace/paths.ts';
import { withAncestors } from './trace/questions.ts';

/** A go command with the stage it runs in. */
export interface StepOfStage {
  readonly goStep: GoStep;
  readonly stage: StageTrace;
}

/** The commands of each RUN. */
export const byRun = (steps: readonly StepOfStage[]): ReadonlyMap<RunInstruction, readonly StepOfStage[]> => {
  const found = new Map<RunInstruction, StepOfStage[]>();
  for (const each of steps) {
    const { run } = each.goStep;
    const others = found.get(run);
    if (others) others.push(each);
    else found.set(run, [each]);
  }
  return found;
};

export type CacheKind = 'builds' | 'modules';

/** The go commands of a family of stages, in order. */
export const stepsOfFamily = (family: readonly StageTrace[]): readonly StepOfStage[] =>
  family.flatMap((stage) => stage.goSteps.map((goStep) => ({ goStep, stage })));

const isUrl = (source: string): boolean => /^[a-z]+:\/\//i.test(source);

/** What was copied from the build context before a command. */
const contextCopies = ({ run }: GoStep, stage: StageTrace): readonly CopyTrace[] =>
  withAncestors(stage)
    .flatMap(({ copies }) => copies)
    .filter(({ from, instruction }) => from === undefined && instruction.range.start.line < run.range.start.line);

/** Whether what is compiled may change from build to build, as it comes from the context. */
export const compilesSources = ({ goStep, stage }: StepOfStage): boolean =>
  goStep.module !== undefined ||
  goStep.run.mounts.some(({ type, from }) => type === 'bind' && !from) ||
  contextCopies(goStep, stage).some(({ sources }) => !sources.every((source) => source.known && isUrl(source.value)));

/** The mount over the folder go uses; unknown when the folder is. */
export const cacheMount = (goStep: GoStep, kind: CacheKind): Mount | 'unknown' | undefined => {
  const path = knownValue(goStep.caches[kind]);
  return path === undefined ? 'unknown' : mountOver(goStep, path);
};

/** `,uid=…,gid=…` for a cache that a user other than root writes; undefined when its number is not known. */
export const cacheOwner = ({ goStep, stage }: StepOfStage): string | undefined => {
  const user = knownValue(goStep.user);
  const uid = user === undefined ? undefined : uidOf(user, stage.users);
  if (user === undefined || uid === undefined) return undefined;
  const group = /:(\d+)$/.exec(user)?.[1];
  return uid === 0 ? '' : `,uid=${uid}${group === undefined ? '' : `,gid=${group}`}`;
};

/** Whether the folder of a mount is made for root alone: an image or another stage may bring its owner. */
export const isOfRoot = ({ type, uid, mode, from, source }: Mount): boolean =>
  type === 'cache' && (uid === undefined || uid.raw === '0') && !mode && !from && !source;

/** A RUN that empties what a mount would keep: `go clean -cache`, `rm -rf /root/.cache`. */
const emptiesCache = (run: RunInstruction, { goStep, stage }: StepOfStage): boolean => {
  const folders = [goStep.caches.builds, goStep.caches.modules].flatMap((folder) => knownValue(folder) ?? []);
  return (
    stage.goSteps.some(
      ({ run: of, command }) =>
        of === run && command.verb === 'clean' && ['cache', 'modcache'].some((name) => flag(command, name)),
    ) ||
    stage.commands.some(
      ({ run: of, program, command, path }) =>
        of === run &&
        program === 'rm' &&
        command.words.slice(1).some((word) => {
          const removed = knownValue(path(word));
          return removed !== undefined && folders.some((folder) => below(removed, folder) !== undefined);
        }),
    )
  );
};

const isOfOthers = ({ module }: GoStep, text: string): boolean =>
  module !== undefined &&
  /^\w[\w./-]*$/.test(text) &&
  !text.endsWith('.go') &&
  below(`/${module.mod.path}`, `/${text}`) === undefined;

/**
 * Whether a command compiles packages of other modules alone, before any source file comes: their layer stays as it is
 * after an edit, and keeps what later commands need of them.
 */
export const compilesAhead = ({ goStep, stage }: StepOfStage): boolean =>
  goStep.command.operands.length > 0 &&
  goStep.command.operands.every(({ raw }) => isOfOthers(goStep, raw)) &&
  contextCopies(goStep, stage).every(({ sources }) =>
    sources.every((source) => source.known && /^go\.(mod|sum|work|work\.sum|\*)$/.test(basename(source.value))),
  );

export const isPlainPath = (path: string): boolean => /^\/[\w./-]+$/.test(path);

/** `--mount=…` for the folder that go uses; undefined when its text or its owner is not known. */
const mountText = (current: StepOfStage, kind: CacheKind): string | undefined => {
  const path = knownValue(current.goStep.caches[kind]);
  const owner = cacheOwner(current);
  return path !== undefined && owner !== undefined && isPlainPath(path)
    ? `--mount=type=cache,target=${path}${owner}`
    : undefined;
};

/**
 * Whether the module cache of a family can move out of its layers: something is downloaded, every command that reads it is
 * of one user, and nothing but these commands looks for it there, as a container of one of the stages might.
 */
const canMountModules = (family: readonly StageTrace[], { project, trace }: Subject): boolean => {
  const readers = stepsOfFamily(family).filter(({ goStep }) => needsModules(goStep));
  const texts = new Set(readers.map((each) => mountText(each, 'modules')));
  const folder = knownValue(readers[0]?.goStep.caches.modules ?? { known: false });
  if (texts.size !== 1 || texts.has(undefined) || folder === undefined) return false;
  if (readers.some(({ goStep }) => cacheMount(goStep, 'modules') !== undefined)) return false;
  if (family.some((stage) => stage.role !== 'intermediate' || movesCache(stage, folder, trace.stages))) return false;
  return readers.some(({ goStep }) => downloadsModules(goStep, project));
};

/** Mounts the build cache in every RUN of a family that compiles, and the module cache where that can be. */
export const mountCaches = (family: readonly StageTrace[], subject: Subject): readonly Fix[] => {
  const withModules = canMountModules(family, subject);
  const steps = stepsOfFamily(family);
  const edits: TextEdit[] = [];
  for (const [run, ofRun] of byRun(steps)) {
    const texts = ofRun.flatMap((each) => [
      ...(withModules && needsModules(each.goStep) ? [mountText(each, 'modules')] : []),
      ...(compilesModule(each.goStep) && cacheMount(each.goStep, 'builds') === undefined
        ? [mountText(each, 'builds')]
        : []),
    ]);
    if (texts.includes(undefined) || ofRun.some((each) => emptiesCache(run, each))) return [];
    const flags = [...new Set(texts.filter((text) => text !== undefined))];
    if (flags.length > 0) edits.push(addRunFlags(subject.dockerfile, run, flags));
  }
  const title = withModules ? 'Mount the build cache and the module cache' : 'Mount the build cache';
  // Not safe: builders without BuildKit refuse it.
  return edits.length > 0 ? [{ title, safe: false, edits }] : [];
};
