import type { ProjectFacts } from '../analysis/go/project-facts.ts';
import type { ProgramSignals } from '../analysis/go/project-signals.ts';
import { within } from './layout.ts';

/** What tools open in the project of whoever runs them: nothing of the image. */
const ofProjects = /^(?:\.\/)?(?:go\.(?:mod|sum|work)|\.git|package\.json|Dockerfile)(?:\/|$)/;

/** Folders and files of the context a program opens by relative paths; a path with wildcards stands for its folder. */
export const runtimeFiles = ({ context }: ProjectFacts, { relativeFiles }: ProgramSignals): readonly string[] => {
  const found = relativeFiles.flatMap((written) => {
    const path = within('', written.replace(/\/?[^/]*[*?[].*$/, ''));
    if (path === undefined || path === '' || ofProjects.test(path)) return [];
    return context.files.has(path) || context.folders.has(path) ? [path] : [];
  });
  return [...new Set(found)].filter((path) => !found.some((other) => path.startsWith(`${other}/`)));
};

/** Relative paths that no file of the context stands behind. */
export const missingFiles = ({ context }: ProjectFacts, { relativeFiles }: ProgramSignals): readonly string[] =>
  relativeFiles.filter((written) => {
    const path = within('', written);
    if (path === undefined || path === '' || ofProjects.test(path) || /[*?[]/.test(path)) return false;
    return !context.files.has(path) && !context.folders.has(path);
  });
