import type { ReadImage } from '../archive/read-archive.ts';
import { eachNode } from '../filesystem/tree.ts';
import type { Comparison, ImageReport } from './model.ts';
import { reportImage } from './report.ts';

const mostFiles = 50;

/** The report, with what differs from another image: its files as a container sees them, largest difference first. */
export function withComparison(report: ImageReport, image: ReadImage, name: string, other: ReadImage): ImageReport {
  const before = reportImage(name, other);
  const comparison: Comparison = {
    name,
    size: report.size - before.size,
    compressed:
      report.compressed === undefined || before.compressed === undefined
        ? undefined
        : report.compressed - before.compressed,
    files: changedFiles(visibleFiles(other), visibleFiles(image)),
  };
  return { ...report, comparison };
}

function visibleFiles({ files }: ReadImage): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  eachNode(files.root, (path, { content }) => {
    if (content) sizes.set(path, content.size);
  });
  return sizes;
}

function changedFiles(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): Comparison['files'] {
  const changed: { path: string; before?: number; after?: number }[] = [];
  for (const [path, size] of after) {
    const old = before.get(path);
    if (old !== size) changed.push({ path, ...(old === undefined ? {} : { before: old }), after: size });
  }
  for (const [path, size] of before) if (!after.has(path)) changed.push({ path, before: size });
  const weight = (file: (typeof changed)[number]): number => Math.abs((file.after ?? 0) - (file.before ?? 0));
  return changed.sort((a, b) => weight(b) - weight(a) || (a.path < b.path ? -1 : 1)).slice(0, mostFiles);
}
