import type { FileSize, SizeNode } from './model.ts';

/** Nodes a page can draw and a message can carry. */
const mostNodes = 4000;

interface Draft {
  readonly name: string;
  readonly kind: SizeNode['kind'];
  size: number;
  readonly children: Map<string, Draft>;
}

/** A treemap of an image: layers, folders and files. What is too small to see is summed up in each folder as `rest`. */
export function imageTree(
  name: string,
  layers: readonly { readonly name: string; readonly files: readonly FileSize[] }[],
): SizeNode {
  const root = draft(name, 'image');
  for (const [index, { name: title, files }] of layers.entries()) {
    const layer = draft(title, 'layer');
    for (const { path, size } of files) if (size > 0) add(layer, path, size);
    root.size += layer.size;
    if (layer.size > 0) root.children.set(String(index), layer);
  }
  return pruned(root, smallest(root));
}

const draft = (name: string, kind: SizeNode['kind']): Draft => ({ name, kind, size: 0, children: new Map() });

/** Deeper folders are summed up: Linux allows two thousand, a page shows none of them. */
const deepest = 24;

function add(layer: Draft, path: string, size: number): void {
  const parts = path.split('/').filter((part) => part !== '');
  let at = layer;
  at.size += size;
  for (const [depth, part] of parts.slice(0, deepest).entries()) {
    const isFile = depth === parts.length - 1;
    const next = at.children.get(part) ?? draft(part, isFile ? 'file' : 'folder');
    at.children.set(part, next);
    next.size += size;
    at = next;
  }
}

/** The size from which on nodes are kept. */
function smallest(root: Draft): number {
  const sizes: number[] = [];
  const waiting = [root];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    sizes.push(next.size);
    for (const child of next.children.values()) waiting.push(child);
  }
  // Each kept node may have a rest beside it.
  const limit = mostNodes / 2;
  const least = sizes.length <= limit ? 0 : (sizes.sort((a, b) => b - a)[limit] ?? 0) + 1;
  return Math.max(least, root.size / 20_000);
}

function pruned({ name, kind, size, children }: Draft, least: number): SizeNode {
  if (children.size === 0) return { name, kind, size };
  const sorted = [...children.values()].sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
  const shown = sorted.filter((child) => child.size >= least).map((child) => pruned(child, least));
  const hidden = sorted.filter((child) => child.size < least);
  const rest: SizeNode[] =
    hidden.length === 0 ? [] : [{ name: '', kind: 'rest', size: sum(hidden), count: hidden.length }];
  return { name, kind, size, children: [...shown, ...rest] };
}

export const sum = (sizes: readonly { readonly size: number }[]): number =>
  sizes.reduce((total, { size }) => total + size, 0);
