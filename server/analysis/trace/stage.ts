import type { Stage } from '../dockerfile/model.ts';
import type { BaseImage } from '../images/model.ts';
import { certain, type Known, step, type Tri, unknown } from '../known.ts';
import { baseFiles } from './base-files.ts';
import { closedEnvironment, createVariables, openEnvironment } from './environment.ts';
import { createFileTree } from './file-tree.ts';
import type { Environment, PlacedBinary, ResolvedImage, StageBase, StageRole, StageTrace } from './model.ts';
import { stageNamed } from './stages.ts';
import { startOf } from './start.ts';
import type { StageState, Walk } from './state.ts';

const scratchEnvironment = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' };

const environmentOfImage = (image: BaseImage | undefined): Environment => {
  if (!image) return openEnvironment();
  if (image.family === 'scratch') return closedEnvironment(scratchEnvironment);
  return image.env ? closedEnvironment({ ...scratchEnvironment, ...image.env }) : openEnvironment();
};

const baseOf = (resolved: ResolvedImage, walk: Walk): StageBase => {
  if (!resolved.reference.known) return { kind: 'unknown', reference: undefined };
  const reference = resolved.reference.value;
  const stage = /^\d+$/.test(reference) ? undefined : stageNamed(walk, reference);
  if (stage) return { kind: 'stage', stage };
  return resolved.image ? { kind: 'image', image: resolved.image, reference } : { kind: 'unknown', reference };
};

const inImage = <T>(value: T | undefined, resolved: ResolvedImage, template: string): Known<T> =>
  value === undefined
    ? unknown
    : certain(
        value,
        resolved.range
          ? [step(resolved.range, template, { image: resolved.image?.ref.raw ?? '', value: String(value) })]
          : [],
      );

const startOnStage = (stage: Stage, base: StageBase & { kind: 'stage' }): StageState => {
  const parent = base.stage;
  return {
    stage,
    base,
    rootImage: parent.rootImage,
    env: createVariables(parent.env),
    setByEnv: new Set(parent.setByEnv),
    files: createFileTree(parent.lookup, parent.sourcesIn),
    workdir: parent.workdir,
    user: parent.user,
    userSetBy: parent.userSetBy,
    shell: parent.shellProgram,
    cCompiler: parent.cCompiler,
    opaque: parent.opaque,
    moduleEdited: false,
    entrypoint: parent.entrypoint,
    cmd: parent.cmd,
    goSteps: [],
    commands: [],
    binaries: [],
    copies: [],
    madeFolders: [],
    moments: new Map(),
    packages: new Set(parent.packages),
    packagesOpen: parent.packagesOpen,
    users: new Map(parent.users),
    homes: new Map(parent.homes),
    usersListed: parent.usersListed,
  };
};

/** The state before the first instruction of a stage: that of its base image, or of the stage it starts from. */
export const startStage = (stage: Stage, resolved: ResolvedImage, walk: Walk): StageState => {
  const base = baseOf(resolved, walk);
  if (base.kind === 'stage') return startOnStage(stage, base);
  const image = base.kind === 'image' ? base.image : undefined;
  return {
    stage,
    base,
    rootImage: image,
    env: createVariables(environmentOfImage(image)),
    setByEnv: new Set(Object.keys(image?.env ?? {})),
    files: createFileTree(baseFiles(image)),
    workdir: inImage(
      image?.workdir ?? (image?.family === 'scratch' ? '/' : undefined),
      resolved,
      'The base image starts in {value}.',
    ),
    user: inImage(image?.user, resolved, 'The base image {image} runs as {value}.'),
    userSetBy: undefined,
    shell: '/bin/sh',
    cCompiler: image?.cCompiler ?? 'unknown',
    opaque: image === undefined,
    moduleEdited: false,
    entrypoint: undefined,
    cmd: undefined,
    goSteps: [],
    commands: [],
    binaries: [],
    copies: [],
    madeFolders: [],
    moments: new Map(),
    packages: new Set(),
    packagesOpen: false,
    users: new Map(Object.entries(image?.users ?? {})),
    homes: new Map(),
    usersListed: true,
  };
};

/** Whether a shell-form instruction finds its shell now: the base has one, or a file was brought to its place. */
export const shellNow = (state: StageState): Tri => {
  const inBase = state.rootImage?.shell ?? 'unknown';
  if (state.shell === undefined) return 'unknown';
  if (inBase !== 'no') return inBase;
  const path = state.shell.startsWith('/') ? state.shell : `/bin/${state.shell}`;
  const found = state.files.lookup(path).state;
  if (found === 'present') return 'yes';
  // A distroless base has no shell, but what lies in its system folders is not listed; only something copied there may bring one.
  if (found === 'absent') return 'no';
  return state.copies.some(({ destination }) => mayHoldShell(destination)) || state.opaque ? 'unknown' : 'no';
};

const mayHoldShell = (destination: Known<string>): boolean =>
  !destination.known || /^\/($|bin|usr|busybox)/.test(destination.value);

const goFilesOf = ({ base, files }: StageState): readonly PlacedBinary[] => {
  const inherited = base.kind === 'stage' ? base.stage.goFiles.map(({ path }) => path) : [];
  return [...new Set([...inherited, ...files.goPaths])].flatMap((path) => {
    const file = files.lookup(path);
    return file.state === 'present' && file.origin.kind === 'go' ? [{ path, binary: file.origin.binary }] : [];
  });
};

/** What leaves the trace when a stage's last instruction is walked. */
export const finishStage = (state: StageState, usedBy: readonly number[], role: StageRole, walk: Walk): StageTrace => ({
  stage: state.stage,
  base: state.base,
  rootImage: state.rootImage,
  env: state.env.view(),
  setByEnv: state.setByEnv,
  workdir: state.workdir,
  user: state.user,
  userSetBy: state.userSetBy,
  shell: shellNow(state),
  shellProgram: state.shell,
  cCompiler: state.cCompiler,
  packages: state.packages,
  packagesOpen: state.packagesOpen,
  users: state.users,
  homes: state.homes,
  usersListed: state.usersListed,
  libc: state.rootImage?.libc ?? 'unknown',
  opaque: state.opaque,
  before: (instruction) => state.moments.get(instruction),
  lookup: state.files.lookup,
  sourcesIn: state.files.sourcesIn,
  goFiles: goFilesOf(state),
  written: (path) => state.files.written(path) || (state.base.kind === 'stage' && state.base.stage.written(path)),
  goSteps: state.goSteps,
  commands: state.commands,
  binaries: state.binaries,
  copies: state.copies,
  madeFolders: state.madeFolders,
  isGoStage: state.rootImage?.go !== undefined || state.goSteps.length > 0,
  usedBy,
  role,
  entrypoint: state.entrypoint,
  cmd: state.cmd,
  start: startOf(state.entrypoint, state.cmd, walk.dockerfile),
});
