import type { ContextFacts } from '../go/project-facts.ts';
import type { Step } from '../known.ts';
import { inContext } from './context-files.ts';
import type { FileState, Origin } from './model.ts';
import { below, contextPath, join, normalize, parent, upward } from './paths.ts';
import { sourcesIn } from './sources.ts';

/** What lies at the bottom of a tree: the files of the base image, or of the stage it starts from. */
export type Bottom = (path: string) => FileState;

/** Where the content of a copied or mounted folder is looked up. */
export type Content =
  | { readonly kind: 'context'; readonly context: ContextFacts; readonly path: string }
  | { readonly kind: 'tree'; readonly lookup: Bottom; readonly path: string }
  | { readonly kind: 'unknown' };

interface Stamped<T> {
  readonly at: number;
  readonly value: T;
}

/**
 * The files of one stage while it is walked. It is written in the order of the instructions; each write is stamped, and
 * a lookup takes the newest stamp that speaks of the path, so that a later unknown command outdates earlier knowledge.
 */
export interface FileTree {
  readonly lookup: Bottom;
  /** The folder of the build context that lies at `path`, when one was copied or mounted there whole. */
  contextFolder(path: string): string | undefined;
  put(path: string, origin: Origin, because: readonly Step[]): void;
  putFolder(path: string): void;
  /** Lays the content of a folder over `path`. */
  overlay(path: string, content: Content): void;
  /** Paths at which a Go binary was put, whether or not it still lies there. */
  readonly goPaths: ReadonlySet<string>;
  /** Everything at and below `path` may have changed. */
  blur(path: string, by?: 'command' | 'packages'): void;
  /**
   * New files may lie at and below `path`, and old ones may have been built anew; what came from the build context or the
   * base image is still there.
   */
  addTo(path: string): void;
  /** Whether anything but a package manager may have written at, above or below `path`. */
  written(path: string): boolean;
  remove(path: string): void;
  /** The Go files directly in a folder, as paths of the build context; undefined when others may lie there. */
  sourcesIn(folder: string): readonly string[] | undefined;
}

const absent: FileState = { state: 'absent' };
const folder: FileState = { state: 'folder' };
const unknownFile: FileState = { state: 'unknown' };

const inContent = (content: Content, rest: string): FileState => {
  if (content.kind === 'unknown') return unknownFile;
  const path = rest === '' ? content.path : `${content.path}/${rest}`;
  if (content.kind === 'tree') return content.lookup(normalize(path));
  const presence = inContext(content.context, path);
  if (presence === 'folder') return folder;
  if (presence !== 'file') return presence === 'absent' ? absent : unknownFile;
  return { state: 'present', origin: { kind: 'context', path: contextPath(path) }, because: [] };
};

const isOriginal = (file: FileState): boolean =>
  file.state === 'present' && (file.origin.kind === 'context' || file.origin.kind === 'base');

/** What lies in a folder of the tree below, if that can be listed. */
export type Beneath = FileTree['sourcesIn'];

const nothing: Beneath = () => [];

const nowhere: readonly never[] = [];

/** An empty tree above `bottom`. */
export const createFileTree = (bottom: Bottom, beneath: Beneath = nothing): FileTree => {
  const files = new Map<string, Stamped<FileState>>();
  const overlays = new Map<string, Stamped<Content>[]>();
  const blurs = new Map<string, number>();
  const additions = new Map<string, number>();
  const removals = new Map<string, number>();
  const folders = new Set<string>(['/']);
  const commandBlurs = new Set<string>();
  const goPaths = new Set<string>();
  let clock = 0;

  const markFolders = (path: string): void => {
    for (let at = parent(path); !folders.has(at); at = parent(at)) folders.add(at);
  };
  /** The newest stamp on any of the paths; -1 without one. */
  const newest = (stamps: ReadonlyMap<string, number>, paths: readonly string[]): number => {
    let latest = -1;
    if (stamps.size === 0) return latest;
    for (const at of paths) latest = Math.max(latest, stamps.get(at) ?? -1);
    return latest;
  };

  const lookup = (raw: string): FileState => {
    const path = normalize(raw);
    const around = upward(path);
    const removed = newest(removals, around);
    let written: Stamped<FileState> | undefined = removed < 0 ? undefined : { at: removed, value: absent };
    const consider = (candidate: Stamped<FileState>): void => {
      // A newer folder does not hide the files it is merged with.
      if (candidate.value.state !== 'absent' && candidate.at > (written?.at ?? -1)) written = candidate;
    };
    for (const at of around) {
      for (const { at: stamp, value } of overlays.get(at) ?? nowhere) {
        if (stamp < (written?.at ?? -1)) continue;
        consider({ at: stamp, value: inContent(value, below(at, path) ?? '') });
      }
    }
    const own = files.get(path);
    if (own) consider(own);
    let best = written ?? { at: -1, value: bottom(path) };
    const isOpen = best.value.state === 'absent' || (best.value.state === 'unknown' && best.at < 0);
    if (isOpen && folders.has(path) && removed < 0) best = { at: best.at, value: folder };
    if (best.value.state === 'folder') return best.value;
    const added = !isOriginal(best.value) && newest(additions, around) > best.at;
    return added || newest(blurs, around) > best.at ? unknownFile : best.value;
  };

  return {
    lookup,
    goPaths,
    sourcesIn: (raw) => {
      const laid = (at: string): readonly Content[] => (overlays.get(at) ?? []).map(({ value }) => value);
      return sourcesIn(normalize(raw), { lookup, beneath, laid, inContent, paths: files.keys() });
    },
    contextFolder(raw) {
      const path = normalize(raw);
      for (const at of upward(path)) {
        const top = overlays.get(at)?.findLast(({ value }) => value.kind === 'context')?.value;
        if (top?.kind !== 'context') continue;
        return join(top.path, below(at, path) ?? '').slice(1);
      }
      return undefined;
    },
    put(raw, origin, because) {
      const path = normalize(raw);
      clock += 1;
      if (origin.kind === 'go') goPaths.add(path);
      files.set(path, { at: clock, value: { state: 'present', origin, because } });
      markFolders(path);
    },
    putFolder(raw) {
      const path = normalize(raw);
      folders.add(path);
      markFolders(path);
    },
    overlay(raw, content) {
      const path = normalize(raw);
      clock += 1;
      const stack = overlays.get(path) ?? [];
      stack.push({ at: clock, value: content });
      overlays.set(path, stack);
      folders.add(path);
      markFolders(path);
    },
    blur(raw, by = 'command') {
      const path = normalize(raw);
      clock += 1;
      blurs.set(path, clock);
      if (by === 'command') commandBlurs.add(path);
    },
    addTo(raw) {
      const path = normalize(raw);
      clock += 1;
      additions.set(path, clock);
      commandBlurs.add(path);
    },
    written(raw) {
      const path = normalize(raw);
      const around = upward(path);
      if (around.some((at) => commandBlurs.has(at))) return true;
      const laidOver = around.some((at) =>
        overlays.get(at)?.some(({ value }) => inContent(value, below(at, path) ?? '').state !== 'absent'),
      );
      if (laidOver) return true;
      for (const all of [files, overlays, commandBlurs]) {
        for (const at of all.keys()) if (below(path, at) !== undefined) return true;
      }
      return false;
    },
    remove(raw) {
      const path = normalize(raw);
      clock += 1;
      removals.set(path, clock);
      for (const known of folders) if (below(path, known) !== undefined && path !== '/') folders.delete(known);
    },
  };
};
