import { expandWord } from '../dockerfile/expand.ts';
import type { Mount, RunInstruction } from '../dockerfile/model.ts';
import { type Content, createFileTree, type FileTree } from './file-tree.ts';
import { below, resolve } from './paths.ts';
import { resolveFrom } from './stages.ts';
import type { StageState, Walk } from './state.ts';

const emptyContent: Content = { kind: 'tree', lookup: () => ({ state: 'absent' }), path: '/' };

const contentOf = (mount: Mount, state: StageState, walk: Walk): Content => {
  if (mount.type === 'tmpfs') return emptyContent;
  if (mount.type !== 'bind') return { kind: 'unknown' };
  const source = mount.source ? expandWord(mount.source.raw, state.env.get, walk.dockerfile.escape) : undefined;
  if (source && !source.known) return { kind: 'unknown' };
  const path = source?.value ?? '/';
  if (!mount.from) return { kind: 'context', context: walk.project.context, path };
  const from = resolveFrom(mount.from, state.env.get, walk);
  return from === 'unknown' ? { kind: 'unknown' } : { kind: 'tree', lookup: from.lookup, path };
};

const resolveMount = (mount: Mount, state: StageState, walk: Walk): ResolvedMount | 'unknown' | undefined => {
  if (mount.type === 'secret' || mount.type === 'ssh') return undefined;
  if (!mount.target) return undefined;
  const target = expandWord(mount.target.raw, state.env.get, walk.dockerfile.escape);
  if (!target.known || !state.workdir.known) return 'unknown';
  return { mount, target: resolve(state.workdir.value, target.value), content: contentOf(mount, state, walk) };
};

/** The folder at which a mount lies in its RUN. */
export interface PlacedMount {
  readonly mount: Mount;
  readonly target: string;
}

interface ResolvedMount extends PlacedMount {
  readonly content: Content;
}

export interface MountedFiles {
  readonly files: FileTree;
  /** Those with files in them; undefined when the target of one is not known. */
  readonly mounts: readonly PlacedMount[] | undefined;
  /** Whether what is written at `path` is gone after the RUN. */
  vanishes(path: string): boolean;
  /** The mount a path lies in; the innermost one. */
  mountAt(path: string): Mount | undefined;
}

/** The stage's files as one RUN sees them: its mounts laid over them, and writes into a mount lost afterwards. */
export const mountedFiles = (run: RunInstruction, state: StageState, walk: Walk): MountedFiles => {
  const resolved = run.mounts.map((mount) => resolveMount(mount, state, walk));
  const isKnown = !resolved.includes('unknown');
  if (!isKnown) state.files.blur('/');
  const mounts = resolved.filter((mount): mount is ResolvedMount => mount !== undefined && mount !== 'unknown');
  const placed = isKnown ? mounts : undefined;
  if (mounts.length === 0)
    return { files: state.files, mounts: placed, vanishes: () => false, mountAt: () => undefined };
  const vanishes = (path: string): boolean => mounts.some(({ target }) => below(target, path) !== undefined);
  const inside = createFileTree(state.files.lookup);
  for (const { target, content } of mounts) inside.overlay(target, content);
  const both = (path: string, write: (files: FileTree) => void): void => {
    write(inside);
    if (!vanishes(path)) write(state.files);
  };
  return {
    mounts: placed,
    vanishes,
    mountAt: (path) =>
      mounts
        .filter(({ target }) => below(target, path) !== undefined)
        .sort((a, b) => b.target.length - a.target.length)[0]?.mount,
    files: {
      lookup: inside.lookup,
      goPaths: state.files.goPaths,
      contextFolder: (path) => inside.contextFolder(path) ?? state.files.contextFolder(path),
      put: (path, origin, because) => both(path, (files) => files.put(path, origin, because)),
      putFolder: (path) => both(path, (files) => files.putFolder(path)),
      overlay: (path, content) => both(path, (files) => files.overlay(path, content)),
      blur: (path, by) => both(path, (files) => files.blur(path, by)),
      addTo: (path) => both(path, (files) => files.addTo(path)),
      written: state.files.written,
      remove: (path) => both(path, (files) => files.remove(path)),
      sourcesIn: (folder) => (vanishes(folder) ? inside : state.files).sourcesIn(folder),
    },
  };
};
