import { expandWord } from '../../dockerfile/expand.ts';
import type { CopyInstruction } from '../../dockerfile/model.ts';
import { certain, type Known, unknown } from '../../known.ts';
import { contextPattern, inContext } from '../context-files.ts';
import type { Content } from '../file-tree.ts';
import type { FileState, StageTrace } from '../model.ts';
import { basename, join, normalize, resolve } from '../paths.ts';
import { resolveFrom } from '../stages.ts';
import type { StageState, Walk } from '../state.ts';

interface Source {
  readonly path: string;
  readonly state: FileState;
  readonly content: Content;
}

const isPattern = (path: string): boolean => /[*?[]/.test(path);

const archive = /\.(tar|tgz|tar\.(gz|bz2|xz|zst)|tbz2?|txz)$/;

const isRemote = (path: string): boolean => /^[a-z]+:\/\/|^git@/.test(path);

const fromStage = (stage: StageTrace, path: string): Source => {
  const absolute = normalize(path);
  return {
    path: absolute,
    state: stage.lookup(absolute),
    content: { kind: 'tree', lookup: stage.lookup, path: absolute },
  };
};

const fromContext = (path: string, walk: Walk): Source => {
  const { context } = walk.project;
  const content: Content = { kind: 'context', context, path: normalize(path) };
  const presence = inContext(context, path);
  if (presence === 'folder') return { path, state: { state: 'folder' }, content };
  if (presence !== 'file') return { path, state: { state: presence }, content };
  const origin = { kind: 'context', path: normalize(path).slice(1) } as const;
  return { path, state: { state: 'present', origin, because: [] }, content };
};

const isFolderLike = (source: Source): boolean =>
  source.state.state === 'folder' || normalize(source.path) === '/' || /(^|\/)\.?$/.test(source.path);

/** Names that no folder has. */
const isFileName = (path: string): boolean =>
  /(^|\/)\.env[.\w]*$|\.(toml|ya?ml|json|ini|properties|xml|txt|pem|key|crt|db|sum|mod|go)$/.test(path);

const place = (source: Source, target: string, intoFolder: boolean, state: StageState, add: boolean): void => {
  if (isFolderLike(source)) {
    // The content of an unknown context is unknown, but it is the context's: rules may still ask where it lies.
    state.files.overlay(target, source.content);
    return;
  }
  const path = intoFolder ? join(target, basename(source.path)) : target;
  if (source.state.state === 'present' && !(add && archive.test(source.path))) {
    state.files.put(path, source.state.origin, source.state.because);
  } else if (add && archive.test(source.path)) state.files.blur(target);
  // A source that is missing fails the build, and one that is unknown may be a folder: both leave the place unknown.
  else state.files.blur(source.state.state === 'absent' || isFileName(source.path) ? path : target);
};

const placeHeredocs = (instruction: CopyInstruction, target: string, intoFolder: boolean, state: StageState): void => {
  for (const { delimiter } of instruction.heredocs) {
    state.files.put(intoFolder ? join(target, delimiter) : target, { kind: 'run' }, []);
  }
};

const wordsOf = (instruction: CopyInstruction, state: StageState, walk: Walk): readonly Known<string>[] =>
  instruction.sources.map((word) => expandWord(word.raw, state.env.get, walk.dockerfile.escape));

const copyOne = (
  word: Known<string>,
  from: StageTrace | 'unknown' | undefined,
  target: string,
  intoFolder: boolean,
  add: boolean,
  state: StageState,
  walk: Walk,
): void => {
  if (!word.known || from === 'unknown' || (add && isRemote(word.value)) || isPattern(word.value)) {
    copyPattern(word, from, target, state, walk);
    return;
  }
  const source = from ? fromStage(from, word.value) : fromContext(word.value, walk);
  place(source, target, intoFolder, state, add);
};

/** What a glob brings is looked up where the context is known; otherwise anything may have come. */
const copyPattern = (
  word: Known<string>,
  from: StageTrace | 'unknown' | undefined,
  target: string,
  state: StageState,
  walk: Walk,
): void => {
  const { context } = walk.project;
  const matches = word.known && isPattern(word.value) ? contextPattern(word.value) : undefined;
  if (!matches || from || !context.known) {
    state.files.blur(target);
    return;
  }
  for (const path of [...context.files].filter((file) => matches.test(file))) {
    place(fromContext(path, walk), target, true, state, false);
  }
  for (const path of [...context.folders].filter((folder) => matches.test(folder))) {
    place(fromContext(path, walk), target, true, state, false);
  }
};

/** COPY and ADD: brings files and folders, remembers where they came from, and records the copy. */
export const traceCopy = (instruction: CopyInstruction, state: StageState, walk: Walk): void => {
  const from = instruction.from ? resolveFrom(instruction.from, state.env.get, walk) : undefined;
  const sources = wordsOf(instruction, state, walk);
  const written = instruction.destination
    ? expandWord(instruction.destination.raw, state.env.get, walk.dockerfile.escape)
    : unknown;
  const absolute = written.known && (written.value.startsWith('/') || state.workdir.known);
  if (!absolute || !written.known || instruction.flags.some(({ name }) => name === 'parents' || name === 'exclude')) {
    state.copies.push({
      instruction,
      from,
      sources,
      destination: unknown,
      intoFolder: 'unknown',
      workdir: state.workdir,
    });
    const where =
      absolute && written.known ? resolve(state.workdir.known ? state.workdir.value : '/', written.value) : '/';
    state.files.blur(where);
    return;
  }
  const target = resolve(state.workdir.known ? state.workdir.value : '/', written.value);
  const count = sources.length + instruction.heredocs.length;
  const before = state.files.lookup(target).state;
  const intoFolder = /(^|\/)\.?\.?$/.test(written.value) || count > 1 || before === 'folder';
  state.copies.push({
    instruction,
    from,
    sources,
    destination: certain(target, written.because),
    intoFolder: intoFolder ? 'yes' : before === 'unknown' ? 'unknown' : 'no',
    workdir: state.workdir,
  });
  if (intoFolder) state.files.putFolder(target);
  for (const source of sources) {
    copyOne(source, from, target, intoFolder, instruction.keyword === 'ADD', state, walk);
  }
  placeHeredocs(instruction, target, intoFolder, state);
};
