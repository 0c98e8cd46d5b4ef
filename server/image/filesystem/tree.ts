import type { FileFacts } from '../archive/file-content.ts';

/** A file's content: one for all its hard links. */
export interface Content {
  readonly size: number;
  /** Index of the layer that holds the bytes. */
  readonly layer: number;
  /** Where it was first. */
  readonly path: string;
  readonly facts: FileFacts | undefined;
  /** Paths that lead to it now. */
  links: number;
  /** Set when the last path is gone. */
  hidden: Hidden | undefined;
}

/** Which layer took the last path to a content away, and how. */
export interface Hidden {
  readonly by: number;
  readonly how: 'overwritten' | 'deleted';
}

/** Something with a name in the final file system. */
export interface Node {
  readonly type: 'file' | 'symlink' | 'folder' | 'other';
  readonly layer: number;
  readonly mode: number;
  readonly uid: number;
  /** Of files, and of symbolic links: their size is the length of the target. */
  readonly content: Content | undefined;
  readonly target: string;
  readonly children: Map<string, Node> | undefined;
}

/** The layers of an image laid over each other. */
export interface FileSystem {
  readonly root: Node;
  /** Every content of every layer, hidden ones included. */
  readonly contents: readonly Content[];
  /** Paths that each layer deleted, by its index. */
  readonly deleted: readonly number[];
}

export const folderNode = (layer: number, mode = 0o755, uid = 0): Node => ({
  type: 'folder',
  layer,
  mode,
  uid,
  content: undefined,
  target: '',
  children: new Map(),
});

/** What goes out of sight: of everything below a node, the contents that lose their last path. */
export function hide(node: Node, hidden: Hidden): void {
  const waiting = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.content) {
      next.content.links -= 1;
      if (next.content.links === 0) next.content.hidden = hidden;
    }
    for (const child of next.children?.values() ?? []) waiting.push(child);
  }
}

/** The most links that the kernel follows for one path. */
const mostLinks = 40;

/**
 * The node at a path, symbolic links on the way followed within the image, the last one too unless `itself`; with the path it has
 * in the end. Undefined when there is nothing, or only a circle of links.
 */
export function find(
  root: Node,
  path: string,
  itself = false,
): { readonly node: Node; readonly path: string } | undefined {
  let parts = path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .reverse();
  const trail: { readonly name: string; readonly node: Node }[] = [];
  const here = (): Node => trail.at(-1)?.node ?? root;
  for (let links = 0; parts.length > 0; ) {
    const name = parts.pop() ?? '';
    if (name === '..') {
      trail.pop();
      continue;
    }
    const node = here().children?.get(name);
    if (!node) return undefined;
    if (node.type === 'symlink' && !(itself && parts.length === 0)) {
      links += 1;
      if (links > mostLinks) return undefined;
      if (node.target.startsWith('/')) trail.length = 0;
      parts = [
        ...parts,
        ...node.target
          .split('/')
          .filter((part) => part !== '' && part !== '.')
          .reverse(),
      ];
      continue;
    }
    trail.push({ name, node });
  }
  return { node: here(), path: `/${trail.map(({ name }) => name).join('/')}` };
}

/** Calls back with every node but the root, folders before what is in them. */
export function eachNode(root: Node, visit: (path: string, node: Node) => void): void {
  const waiting: { readonly path: string; readonly node: Node }[] = [{ path: '', node: root }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const [name, node] of next.node.children ?? []) {
      const path = `${next.path}/${name}`;
      visit(path, node);
      if (node.children) waiting.push({ path, node });
    }
  }
}
