import type { ProjectFacts } from './project-facts.ts';

/** The facts of a Dockerfile beside which nothing is known: an unsaved file, a virtual folder, a snippet. */
export const noProject: ProjectFacts = {
  context: {
    known: false,
    dockerfile: undefined,
    files: new Set(),
    folders: new Set(),
    unread: new Set(),
    ignoreFile: undefined,
    isIgnored: () => false,
    hiding: () => undefined,
  },
  modules: [],
  workspace: undefined,
  packages: new Map(),
};
