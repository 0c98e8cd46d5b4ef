import { join } from 'node:path';
import type { Disk } from './disk.ts';
import { type GitIgnore, parseGitIgnore } from './git-ignore.ts';
import type { Listing } from './listing.ts';

/** What the .gitignore of a context, and that of its repository, say may be made beside the Dockerfile before a build. */
export interface Generated {
  /** Folders that are missing, and that a developer's tools make. */
  readonly folders: readonly string[];
  /** Whether a path that is missing may be there when somebody builds. */
  mayBeMade(path: string): boolean;
}

const none: GitIgnore = { folders: [], hides: () => false };

/** A developer's own workspace, which .gitignore names in almost every project: nobody builds an image with it. */
const isWorkspace = (path: string): boolean => /(^|\/)go\.work(\.sum)?$/.test(path);

/** For a context (absolute); `repository` is its path in its repository. */
export const generatedFiles = async (
  disk: Disk,
  root: string,
  repository: string,
  { files, folders }: Listing,
): Promise<Generated> => {
  const above = repository === '' ? '' : `${repository}/`;
  const read = async (folder: string): Promise<GitIgnore> =>
    (await disk.read(join(folder, '.gitignore'), parseGitIgnore)) ?? none;
  const own = await read(root);
  const outer = above === '' ? none : await read(join(root, ...repository.split('/').map(() => '..')));
  // Of a context that git does not keep, it says nothing of single files.
  const ofRepository = outer.hides(repository) ? none : outer;
  const inContext = ofRepository.folders.flatMap((path) => (path.startsWith(above) ? [path.slice(above.length)] : []));
  const named = new Set([...own.folders, ...inContext]);
  return {
    folders: [...named].filter((path) => !folders.has(path) && !files.has(path)),
    mayBeMade: (path) => !isWorkspace(path) && (own.hides(path) || ofRepository.hides(above + path)),
  };
};
