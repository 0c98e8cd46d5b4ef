import type { LayerEntry } from '../archive/layer.ts';
import { type Content, type FileSystem, find, folderNode, hide, type Node } from './tree.ts';

/**
 * Lays the layers over each other, the lowest first, as engines unpack them: links among parents are followed within the image,
 * a whiteout hides only what lower layers have, and a hard link shares its file's content. `note` hears what does not fit.
 */
export function applyLayers(
  layers: readonly { readonly entries: readonly LayerEntry[] }[],
  note: (oddity: string) => void,
): FileSystem {
  const contents: Content[] = [];
  const root = folderNode(0);
  const deleted: number[] = [];
  for (const [index, { entries }] of layers.entries()) {
    const layer: Applying = { root, index, contents, folders: new Map(), hiding: new Set(), deleted: 0, note };
    for (const entry of entries) apply(layer, entry);
    deleted.push(layer.deleted);
  }
  return { root, contents, deleted };
}

interface Applying {
  readonly root: Node;
  readonly index: number;
  readonly contents: Content[];
  /** Folders by the path they were asked for: members of one folder lie together. */
  readonly folders: Map<string, Node | undefined>;
  /** Paths of whiteouts that are done. */
  readonly hiding: Set<string>;
  deleted: number;
  readonly note: (oddity: string) => void;
}

function apply(layer: Applying, entry: LayerEntry): void {
  if (entry.type === 'opaque' || entry.type === 'whiteout') {
    // Once is enough, and hostile layers say it a million times.
    const key = `${entry.type} ${entry.path}`;
    if (layer.hiding.has(key)) return;
    layer.hiding.add(key);
  }
  if (entry.type === 'opaque') {
    const found = find(layer.root, entry.path)?.node;
    if (found?.children) emptyLower(layer, found);
    return;
  }
  if (entry.path === '') return;
  const slash = entry.path.lastIndexOf('/');
  const parentPath = slash === -1 ? '' : entry.path.slice(0, slash);
  const name = entry.path.slice(slash + 1);
  if (entry.type === 'whiteout') {
    const parent = find(layer.root, parentPath)?.node;
    const found = parent?.children?.get(name);
    if (parent && found) removeLower(layer, parent, name, found);
    return;
  }
  const parent = folderAt(layer, parentPath);
  if (parent) put(layer, parent, name, entry);
  else layer.note(`/${shown(entry.path)} lies below something that is no folder; it is left out`);
}

/** The folder at a path; what is missing of it is made. Undefined when something else is in the way. */
function folderAt(layer: Applying, path: string): Node | undefined {
  if (path === '') return layer.root;
  if (layer.folders.has(path)) return layer.folders.get(path);
  const found = find(layer.root, path)?.node ?? makeFolder(layer, path);
  const folder = found?.children ? found : undefined;
  layer.folders.set(path, folder);
  return folder;
}

function makeFolder(layer: Applying, path: string): Node | undefined {
  let at = layer.root;
  let walked = '';
  for (const name of path.split('/')) {
    walked = walked === '' ? name : `${walked}/${name}`;
    const there = at.children?.get(name);
    const next = there ? find(layer.root, walked)?.node : undefined;
    // A link to nowhere, or a file.
    if (there && !next?.children) return undefined;
    const folder = next ?? folderNode(layer.index);
    if (!next) at.children?.set(name, folder);
    at = folder;
  }
  return at;
}

function put(layer: Applying, parent: Node, name: string, entry: LayerEntry): void {
  const before = parent.children?.get(name);
  const node = nodeOf(layer, entry, before);
  if (!node) return;
  parent.children?.set(name, node);
  if (before && !(before.children && before.children === node.children)) {
    hide(before, { by: layer.index, how: 'overwritten' });
    if (before.type !== 'file') layer.folders.clear();
  }
}

function nodeOf(layer: Applying, entry: LayerEntry, before: Node | undefined): Node | undefined {
  const { type } = entry;
  if (type === 'link') return linkedNode(layer, entry);
  const hasContent = type === 'file' || type === 'symlink';
  const content = hasContent ? contentOf(layer, entry) : undefined;
  // One shape for all: an image has hundreds of thousands.
  return {
    type: hasContent || type === 'folder' ? type : 'other',
    layer: layer.index,
    mode: entry.mode,
    uid: entry.uid,
    content,
    target: entry.target,
    children: type === 'folder' ? (before?.children ?? new Map()) : undefined,
  };
}

function contentOf(layer: Applying, { size, path, facts }: LayerEntry): Content {
  const content: Content = { size, layer: layer.index, path: `/${path}`, facts, links: 1, hidden: undefined };
  layer.contents.push(content);
  return content;
}

function linkedNode(layer: Applying, { path, target }: LayerEntry): Node | undefined {
  const shared = find(layer.root, target, true)?.node;
  if (shared?.content === undefined) {
    layer.note(`/${shown(path)} is a hard link to /${shown(target)}, which is not there; it is left out`);
    return undefined;
  }
  shared.content.links += 1;
  return { ...shared, layer: layer.index };
}

function removeLower(layer: Applying, parent: Node, name: string, node: Node): void {
  if (hasOwn(layer, node)) {
    if (node.children) emptyLower(layer, node);
    return;
  }
  parent.children?.delete(name);
  hide(node, { by: layer.index, how: 'deleted' });
  layer.deleted += 1;
  if (node.type !== 'file') layer.folders.clear();
}

/** Whether the layer itself brought a node, or something below it. */
function hasOwn(layer: Applying, node: Node): boolean {
  const waiting = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.layer === layer.index) return true;
    for (const child of next.children?.values() ?? []) waiting.push(child);
  }
  return false;
}

/** Removes what lower layers have in a folder. */
function emptyLower(layer: Applying, folder: Node): void {
  const waiting = [folder];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const [name, node] of next.children ?? []) {
      if (!hasOwn(layer, node)) removeLower(layer, next, name, node);
      else if (node.children) waiting.push(node);
    }
  }
}

const shown = (path: string): string => (path.length > 80 ? `${path.slice(0, 80)}…` : path);
