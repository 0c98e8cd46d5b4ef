import type { ReadImage } from '../archive/read-archive.ts';
import type { Content, FileSystem } from '../filesystem/tree.ts';
import { instructionOf, linesOf, type WrittenInstruction } from './created-by.ts';
import type { FileSize, HistoryReport, LayerReport, WastedFile } from './model.ts';
import { sum } from './size-tree.ts';

/** Layers and history with the instructions that made them. `written`: those of the built stage's chain, without FROM. */
export function reportLayers(
  { layers, config }: ReadImage,
  files: FileSystem,
  written: readonly WrittenInstruction[] | undefined,
): { readonly layers: readonly LayerReport[]; readonly history: readonly HistoryReport[] } {
  const instructions = config.history.map(({ createdBy }) => instructionOf(createdBy));
  const lines = linesOf(instructions, written ?? []);
  const fits = config.history.filter(({ empty }) => !empty).length === layers.length;
  const byLayer = groupByLayer(files.contents, layers.length);
  const history: HistoryReport[] = [];
  let next = 0;
  for (const [index, { empty }] of config.history.entries()) {
    const layer = empty || !fits ? undefined : next;
    if (layer !== undefined) next += 1;
    history.push({
      createdBy: instructions[index] ?? '',
      size: layer === undefined ? 0 : sum(byLayer[layer] ?? []),
      ...optional('line', lines[index]),
      ...optional('layer', layer),
    });
  }
  const known = written !== undefined && written.length > 0 && lines.some((line) => line !== undefined);
  const reports = layers.map(({ compressed }, index): LayerReport => {
    const contents = byLayer[index] ?? [];
    const made = history.find(({ layer }) => layer === index);
    return {
      id: config.layerIds[index] ?? '',
      size: sum(contents),
      compressed,
      createdBy: made?.createdBy ?? '',
      ...optional('line', made?.line),
      ...(known && made ? { fromBase: made.line === undefined } : {}),
      files: contents.length,
      deleted: files.deleted[index] ?? 0,
      wasted: sum(contents.filter(({ hidden }) => hidden)),
      largest: largest(contents, 10),
    };
  });
  return { layers: reports, history };
}

const optional = <K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> =>
  value === undefined ? {} : ({ [key]: value } as Partial<Record<K, V>>);

function groupByLayer(contents: readonly Content[], count: number): readonly Content[][] {
  const groups: Content[][] = Array.from({ length: count }, () => []);
  for (const content of contents) groups[content.layer]?.push(content);
  return groups;
}

const bySize = (a: FileSize, b: FileSize): number => b.size - a.size || (a.path < b.path ? -1 : 1);

/** A layer may have a hundred thousand files: only those in question are put in order. */
function largest(contents: readonly Content[], count: number): readonly FileSize[] {
  const found: Content[] = [];
  for (const content of contents) {
    const last = found.at(-1);
    if (content.size === 0 || (found.length === count && last && bySize(content, last) > 0)) continue;
    const before = found.findIndex((other) => bySize(content, other) < 0);
    found.splice(before === -1 ? found.length : before, 0, content);
    if (found.length > count) found.pop();
  }
  return found.map(({ path, size }) => ({ path, size }));
}

/** Contents that no path leads to any more, largest first. */
export function wastedFiles({ contents }: FileSystem): readonly WastedFile[] {
  return contents
    .flatMap(({ path, size, layer, hidden }) => (hidden && size > 0 ? [{ path, size, layer, ...hidden }] : []))
    .sort(bySize);
}
