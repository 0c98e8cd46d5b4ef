import { type HierarchyRectangularNode, hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import { formatBytes } from '../format.ts';
import { firstLine } from '../report/advice.ts';
import type { BinaryReport } from '../report/binary-model.ts';
import type { SizeNode } from '../report/model.ts';
import { type Html, html, joined } from './html.ts';

const [width, height] = [960, 360];

type Tile = HierarchyRectangularNode<SizeNode>;

/** Levels below the whole that are drawn: a layer and what it holds, or a section and its modules. */
const drawnLevels = 5;

/** The tree with what is known of the inside of its binaries. */
export function withBinaries(tree: SizeNode, binaries: readonly BinaryReport[], path = ''): SizeNode {
  const inside = binaries.find((binary) => binary.path === path && binary.size === tree.size)?.tree?.children;
  const children = inside ?? tree.children?.map((child) => withBinaries(child, binaries, pathBelow(path, child)));
  return children ? { ...tree, children } : tree;
}

/** Layers are no folders. */
const pathBelow = (path: string, { kind, name }: SizeNode): string => (kind === 'layer' ? path : `${path}/${name}`);

/** Folders that hold one thing only are one tile with it. */
const solid = (node: SizeNode): SizeNode => {
  let at = node;
  for (
    let [child] = at.children ?? [];
    at.kind === 'folder' && at.children?.length === 1 && child;
    [child] = at.children ?? []
  )
    at = { ...child, name: `${at.name}/${child.name}` };
  return at;
};

/** Down to the drawn levels; what lies deeper is part of its tile. */
const cut = (node: SizeNode, levels: number): SizeNode => {
  const { children, ...rest } = solid(node);
  return levels === 0 || !children ? rest : { ...rest, children: children.map((child) => cut(child, levels - 1)) };
};

const nameOf = ({ data }: Tile): string => firstLine(data.name || 'the rest');

/** From below the whole to the tile. */
const pathOf = (tile: Tile): string => tile.ancestors().reverse().slice(1).map(nameOf).join(' › ');

/** Pixels of a tile that its label takes; the style says the same. */
const labelHeight = 15;

/** As wide as the page and as high in pixels as it was laid out, so that a label is as large on every page. */
function drawn(tile: Tile, colour: number): Html {
  const { x0, y0, x1, y1, depth, value = 0 } = tile;
  const title = `${pathOf(tile)}: ${formatBytes(value)}`;
  const place = `left:${share(x0)};top:${pixels(y0)};width:${share(x1 - x0)};height:${pixels(y1 - y0)}`;
  const label = y1 - y0 < labelHeight ? html`` : html`<span>${nameOf(tile)} ${formatBytes(value)}</span>`;
  return html`<div class="c${String(colour % 8)} d${String(depth)}" style="${place}" title="${title}">${label}</div>`;
}

const share = (x: number): string => `${((x / width) * 100).toFixed(2)}%`;
const pixels = (y: number): string => `${y.toFixed(1)}px`;

/** The highest tile with more than one below it: what is below has a colour for each. */
function firstFork(tile: Tile): Tile {
  const [only, second] = tile.children ?? [];
  return only && !second ? firstFork(only) : tile;
}

const isSeen = ({ x0, y0, x1, y1 }: Tile): boolean => x1 - x0 > 1 && y1 - y0 > 1;

/** A picture of a tree of sizes, each tile as large as its bytes. Every tile names itself to a pointer; tables say the same. */
export function treemapOf(tree: SizeNode, whole: string): Html {
  const root = hierarchy(cut(tree, drawnLevels), ({ children }) => children)
    .sum(({ size, children }) => (children ? 0 : size))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  if (!root.value) return html``;
  const laid = treemap<SizeNode>().tile(treemapSquarify).size([width, height]).paddingInner(1).paddingTop(labelHeight)(
    root,
  );
  const forked = firstFork(laid);
  const outer = forked.ancestors().reverse().slice(1);
  const tiles = [
    ...outer.map((tile) => drawn(tile, 0)),
    ...(forked.children ?? []).flatMap((top, colour) =>
      top
        .descendants()
        .filter(isSeen)
        .map((tile) => drawn(tile, colour)),
    ),
  ];
  const about = `Treemap of ${whole}: ${formatBytes(root.value)}; the tables below say the same`;
  return html`<div class="map" role="img" aria-label="${about}" style="height:${pixels(height)}">${joined(tiles)}</div>`;
}
