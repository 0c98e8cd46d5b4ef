import { sourcesByFolder } from './context-files.ts';
import type { Bottom, Content } from './file-tree.ts';
import type { FileState } from './model.ts';
import { basename, below, contextPath, join, upward } from './paths.ts';

/** What of a tree decides which Go files lie in a folder. */
interface Layers {
  readonly lookup: Bottom;
  /** The same question to the tree below. */
  beneath(folder: string): readonly string[] | undefined;
  /** The contents laid over a path. */
  laid(path: string): readonly Content[];
  inContent(content: Content, rest: string): FileState;
  /** Paths of single files that were put. */
  readonly paths: Iterable<string>;
}

/** Names of Go files that may lie in a folder; undefined when there may be others. */
const sourceNames = (folder: string, layers: Layers): ReadonlySet<string> | undefined => {
  const beneath = layers.beneath(folder);
  // A name that nobody gives a file: where it may lie, any other may.
  if (!beneath || layers.lookup(join(folder, 'no such file.go')).state !== 'absent') return undefined;
  const names = new Set(beneath.map(basename));
  for (const at of upward(folder)) {
    for (const content of layers.laid(at)) {
      const rest = below(at, folder) ?? '';
      if (layers.inContent(content, rest).state !== 'folder') continue;
      if (content.kind !== 'context') return undefined;
      const path = contextPath(join(content.path, rest));
      for (const name of sourcesByFolder(content.context).get(path) ?? []) names.add(name);
    }
  }
  for (const path of layers.paths) if (path.endsWith('.go') && join(path, '..') === folder) names.add(basename(path));
  return names;
};

/** The Go files directly in a folder, as paths of the build context; undefined when others may lie there. */
export const sourcesIn = (folder: string, layers: Layers): readonly string[] | undefined => {
  const found: string[] = [];
  const names = sourceNames(folder, layers);
  for (const name of names ?? []) {
    const file = layers.lookup(join(folder, name));
    if (file.state === 'absent') continue;
    if (file.state !== 'present' || file.origin.kind !== 'context') return undefined;
    found.push(file.origin.path);
  }
  return names && found;
};
