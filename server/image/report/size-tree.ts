import type { FileSize, SizeNode } from './model.ts';

/** Nodes a page can draw and a message can carry. */
const mostNodes = 4000;

interface Draft {
  readonly name: string;
  readonly kind: SizeNode['kind'];
  /** Of a folder what lies directly in it and is not shown, then the sum of everything. */
  size: number;
  children: Map<string, Draft> | undefined;
}

/** A treemap of an image: layers, folders and files. What is too small to see is summed up in each folder as `rest`. */
export function imageTree(
  name: string,
  layers: readonly { readonly name: string; readonly files: readonly FileSize[] }[],
): SizeNode {
  const root = draft(name, 'image');
  for (const [index, { name: title, files }] of layers.entries()) {
    const layer = draft(title, 'layer');
    addFiles(layer, files);
    if (sumUp(layer) > 0) childrenOf(root).set(String(index), layer);
    root.size += layer.size;
  }
  return pruned(root, smallest(root));
}

const draft = (name: string, kind: SizeNode['kind']): Draft => ({ name, kind, size: 0, children: undefined });

function childrenOf(parent: Draft): Map<string, Draft> {
  parent.children ??= new Map();
  return parent.children;
}

function child(parent: Draft, name: string, kind: SizeNode['kind']): Draft {
  const children = childrenOf(parent);
  const there = children.get(name) ?? draft(name, kind);
  children.set(name, there);
  return there;
}

/** Deeper folders are summed up: Linux allows two thousand, a page shows none of them. */
const deepest = 24;

function addFiles(layer: Draft, files: readonly FileSize[]): void {
  // Files of one folder lie together.
  let folderPath = '';
  let folder = layer;
  let isDeep = false;
  for (const { path, size } of files) {
    if (size === 0) continue;
    const slash = Math.max(path.lastIndexOf('/'), 0);
    if (slash !== folderPath.length || !path.startsWith(folderPath)) {
      folderPath = path.slice(0, slash);
      const parts = folderPath === '' ? [] : folderPath.split('/');
      folder = layer;
      for (const part of parts.slice(0, deepest)) folder = child(folder, part, 'folder');
      isDeep = parts.length >= deepest;
    }
    const place = isDeep ? folder : child(folder, slash === 0 ? path : path.slice(slash + 1), 'file');
    place.size += size;
  }
}

/** Adds to each folder what is in it. */
function sumUp(draft: Draft): number {
  for (const child of draft.children?.values() ?? []) draft.size += sumUp(child);
  return draft.size;
}

/** The size from which on nodes are kept. */
function smallest(root: Draft): number {
  const sizes: number[] = [];
  const waiting = [root];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    sizes.push(next.size);
    for (const child of next.children?.values() ?? []) waiting.push(child);
  }
  // Each kept node may have a rest beside it.
  const limit = mostNodes / 2;
  const least =
    sizes.length <= limit
      ? 0
      : (Float64Array.from(sizes)
          .sort()
          .at(-1 - limit) ?? 0) + 1;
  return Math.max(least, root.size / 20_000);
}

function pruned({ name, kind, size, children }: Draft, least: number): SizeNode {
  if (!children) return { name, kind, size };
  const sorted = [...children.values()].sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
  const shown = sorted.filter((child) => child.size >= least).map((child) => pruned(child, least));
  const hidden = sorted.filter((child) => child.size < least);
  const rest: SizeNode[] =
    hidden.length === 0 ? [] : [{ name: '', kind: 'rest', size: sum(hidden), count: hidden.length }];
  return { name, kind, size, children: [...shown, ...rest] };
}

export const sum = (sizes: readonly { readonly size: number }[]): number =>
  sizes.reduce((total, { size }) => total + size, 0);
