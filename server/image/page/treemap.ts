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

const letterWidth = 6.6;
const lineHeight = 15;

function label(tile: Tile): Html {
  const { x0, y0, x1, y1, children } = tile;
  const letters = Math.floor((x1 - x0 - 6) / letterWidth);
  if (letters < 4 || y1 - y0 < lineHeight) return html``;
  const text = `${nameOf(tile)} ${formatBytes(tile.value ?? 0)}`;
  const shown = text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
  return html`<text class="${children ? 'head' : 'leaf'}" x="${(x0 + 4).toFixed(1)}" y="${(y0 + 11.5).toFixed(1)}">${shown}</text>`;
}

function drawn(tile: Tile, colour: number): Html {
  const { x0, y0, x1, y1, depth } = tile;
  const title = `${pathOf(tile)}: ${formatBytes(tile.value ?? 0)}`;
  return html`<g><title>${title}</title><rect class="c${String(colour % 8)} d${String(depth)}" x="${x0.toFixed(1)}" y="${y0.toFixed(1)}" width="${(x1 - x0).toFixed(1)}" height="${(y1 - y0).toFixed(1)}"/>${label(tile)}</g>`;
}

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
  const laid = treemap<SizeNode>().tile(treemapSquarify).size([width, height]).paddingInner(1).paddingTop(lineHeight)(
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
  return html`<svg class="map" role="img" aria-label="${about}" viewBox="0 0 ${String(width)} ${String(height)}">${joined(tiles)}</svg>`;
}
