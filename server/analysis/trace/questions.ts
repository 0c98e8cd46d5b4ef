import type { Word } from '../dockerfile/model.ts';
import type { Libc } from '../images/model.ts';
import { type Known, unknown } from '../known.ts';
import { once } from '../once.ts';
import type { CopyTrace, FileState, GoBinary, GoStep, StageTrace, Trace } from './model.ts';
import { basename, below, join, resolve } from './paths.ts';

/** The stage and the stages it starts from, itself first. */
export const withAncestors = (stage: StageTrace): readonly StageTrace[] =>
  stage.base.kind === 'stage' ? [stage, ...withAncestors(stage.base.stage)] : [stage];

/** A Go binary that a COPY brings into a stage. */
interface CopiedBinary {
  readonly binary: GoBinary;
  readonly copy: CopyTrace;
  /** The source word that brings it. */
  readonly word: Word;
}

const originBinary = (file: FileState): GoBinary | undefined =>
  file.state === 'present' && file.origin.kind === 'go' ? file.origin.binary : undefined;

/** The Go binaries that the stage's own COPY instructions bring from other stages, in order. */
const copiedBinaries = (stage: StageTrace): readonly CopiedBinary[] =>
  stage.copies.flatMap((copy) => {
    const { from, sources, instruction } = copy;
    if (!from || from === 'unknown') return [];
    return sources.flatMap((source, index) => {
      const word = instruction.sources[index];
      if (!source.known || !word) return [];
      const file = from.lookup(source.value);
      const one = originBinary(file);
      if (one) return [{ binary: one, copy, word }];
      if (file.state !== 'folder') return [];
      const folder = resolve('/', source.value);
      return from.goFiles
        .filter(({ path }) => below(folder, path) !== undefined)
        .map(({ binary }) => ({ binary, copy, word }));
    });
  });

/** A Go binary in an image that has to start. */
export interface ShippedBinary extends CopiedBinary {
  readonly shipped: StageTrace;
}

const findShipped = ({ started: all }: Trace): readonly ShippedBinary[] => {
  const seen = new Set<StageTrace>();
  return all.flatMap((shipped) =>
    withAncestors(shipped).flatMap((stage) => {
      if (seen.has(stage)) return [];
      seen.add(stage);
      return copiedBinaries(stage).map((copied) => ({ ...copied, shipped }));
    }),
  );
};

const binariesOf = new WeakMap<Trace, readonly ShippedBinary[]>();

/** Every Go binary that is copied into an image that can be shipped, or into one for tests, each COPY once. */
export const shippedBinaries = (trace: Trace): readonly ShippedBinary[] => once(binariesOf, trace, findShipped);

const layersOf = new WeakMap<Trace, ReadonlySet<StageTrace>>();

/** Whether what a stage does is part of an image that can be shipped. */
export const isShipped = (stage: StageTrace, trace: Trace): boolean =>
  once(layersOf, trace, ({ shipped }) => new Set(shipped.flatMap(withAncestors))).has(stage);

const foreignLibc: ReadonlySet<string> = new Set(['gcompat', 'libc6-compat', 'glibc', 'musl', 'libc6', 'glibc-bin']);

/**
 * The libc whose loader a program of the stage finds. Unknown as soon as a loader may have been brought: a compatibility
 * package was installed, or something was written where loaders lie.
 */
export const loaderOf = (stage: StageTrace): Libc => {
  if ([...stage.packages].some((name) => foreignLibc.has(name))) return 'unknown';
  if (['/lib', '/lib64', '/usr/lib', '/usr/glibc-compat'].some((folder) => stage.written(folder))) return 'unknown';
  return stage.libc;
};

/** The go command that built a binary. */
export const goStepOf = ({ stage, command }: GoBinary, trace: Trace): GoStep | undefined =>
  trace.stages[stage]?.goSteps.find((goStep) => goStep.command === command);

/** Where the stage's image is named: the FROM at the bottom of its chain, within this file. */
export const rootFrom = (stage: StageTrace): StageTrace => withAncestors(stage).at(-1) ?? stage;

/** The image below a stage as people speak of it: its digest is left out where a tag says enough, and cut where not. */
export const shownImage = ({ rootImage }: StageTrace): string => {
  const raw = rootImage?.ref.raw ?? '';
  const short = raw.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+$/, '$1');
  return rootImage?.ref.tag === undefined ? short : short.replace(/@.*$/, '');
};

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The absolute path a program name means in a stage: relative to the working directory, or searched on PATH. */
export const programPath = (stage: StageTrace, name: string): Known<string> => {
  if (name.startsWith('/')) return { known: true, value: resolve('/', name), because: [] };
  if (!stage.workdir.known) return unknown;
  if (name.includes('/')) return { known: true, value: resolve(stage.workdir.value, name), because: [] };
  const path = stage.env.get('PATH');
  if (path && !path.known) return unknown;
  for (const folder of (path?.value ?? defaultPath).split(':')) {
    const found = stage.lookup(join(folder, name));
    if (found.state === 'present') return { known: true, value: join(folder, name), because: [] };
    if (found.state === 'unknown' && stage.written(folder)) return unknown;
  }
  return unknown;
};

/** Where an exec form looks for its program, and what lies there. */
export interface ProgramFile {
  /** The name itself when it is in no folder of PATH. */
  readonly path: string;
  readonly state: 'present' | 'folder' | 'absent';
}

/** What an exec form finds under a program name; undefined when that is not known. */
export const programFile = (stage: StageTrace, name: string): ProgramFile | undefined => {
  if (name.includes('/')) {
    const path = programPath(stage, name);
    const state = path.known ? stage.lookup(path.value).state : 'unknown';
    return path.known && state !== 'unknown' ? { path: path.value, state } : undefined;
  }
  const path = stage.env.get('PATH');
  if (path && !path.known) return undefined;
  for (const folder of (path?.value ?? defaultPath).split(':')) {
    const state = folder.startsWith('/') ? stage.lookup(join(folder, name)).state : 'unknown';
    if (state === 'unknown') return undefined;
    if (state === 'present') return { path: join(folder, name), state };
  }
  return { path: name, state: 'absent' };
};

/** The Go binary that a container of the stage starts, when that is known. */
export const startedBinary = (stage: StageTrace): GoBinary | undefined => {
  const name = stage.start?.words?.[0];
  if (name === undefined) return undefined;
  const path = programPath(stage, name);
  return path.known ? originBinary(stage.lookup(path.value)) : undefined;
};

/** Whether a container of the stage starts the debugger dlv, which reads sources and symbols. */
export const startsDebugger = ({ start }: StageTrace): boolean => basename(start?.words?.[0] ?? '') === 'dlv';

/** Whether a user as USER writes it is root. */
export const isRoot = (user: string): boolean => /^(root|0)(:.*)?$/.test(user.trim()) || user.trim() === '';
