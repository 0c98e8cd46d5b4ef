import type { GoModule, ProjectFacts } from '../../go/project-facts.ts';
import type { Tri } from '../../known.ts';
import type { FileTree } from '../file-tree.ts';
import { below, join, upward } from '../paths.ts';

/** The module whose go.mod lies at or above a folder of the stage. */
export interface ModuleAt {
  readonly module: GoModule;
  /** The stage's folder in which its go.mod lies. */
  readonly root: string;
  /** Whether a go.work lies at or above it in the stage. */
  readonly workspaceSeen: Tri;
}

const workspaceAt = (folder: string, files: FileTree): Tri => {
  const states = upward(folder).map((at) => files.lookup(join(at, 'go.work')).state);
  if (states.includes('present')) return 'yes';
  return states.includes('unknown') ? 'unknown' : 'no';
};

/** Finds go.mod as the go command does; undefined as soon as a folder on the way may hold another one. */
export const moduleAt = (folder: string, files: FileTree, project: ProjectFacts): ModuleAt | undefined => {
  for (const at of upward(folder)) {
    const file = files.lookup(join(at, 'go.mod'));
    if (file.state === 'absent') continue;
    if (file.state !== 'present' || file.origin.kind !== 'context') return undefined;
    const dir = file.origin.path.replace(/\/?go\.mod$/, '');
    const module = project.modules.find((candidate) => candidate.dir === dir);
    return module && { module, root: at, workspaceSeen: workspaceAt(at, files) };
  }
  return undefined;
};

/** Whether a go.mod or a go.work lies in a folder or above it. */
export const seesModule = (folder: string, files: FileTree): Tri => {
  const states = upward(folder).flatMap((at) =>
    ['go.mod', 'go.work'].map((name) => files.lookup(join(at, name)).state),
  );
  if (states.every((state) => state === 'absent')) return 'no';
  return states.includes('present') ? 'yes' : 'unknown';
};

/** The import path of the package in a stage folder. */
export const importPathAt = (found: { module: GoModule; root: string }, folder: string): string | undefined => {
  const rest = below(found.root, folder);
  const path = found.module.mod.path;
  if (rest === undefined || path === undefined) return undefined;
  return rest === '' ? path : `${path}/${rest}`;
};
