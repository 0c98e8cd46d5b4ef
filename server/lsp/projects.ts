import type { ProjectFacts } from '../analysis/go/project-facts.ts';

/** What the language server needs of `server/project`. */
export interface Projects {
  /** What is known around a Dockerfile (absolute path); the same object until something changed. */
  readonly facts: (dockerfile: string) => Promise<ProjectFacts>;
  /** These absolute paths were made, changed or removed. */
  readonly changed: (paths: readonly string[]) => void;
}
