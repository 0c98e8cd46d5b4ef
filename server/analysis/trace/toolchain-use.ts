import type { ProjectFacts } from '../go/project-facts.ts';
import type { Subject } from '../rule.ts';
import { sourcesByFolder } from './context-files.ts';
import type { CopyTrace, StageTrace } from './model.ts';
import { below, contextPath, resolve } from './paths.ts';
import { withAncestors } from './questions.ts';

/** The folder that holds the sources of what a stage builds, when it lies in this one of the stage. */
export const sourcesIn = (stage: StageTrace, folder: string): string | undefined =>
  withAncestors(stage)
    .flatMap(({ goSteps }) => goSteps.flatMap(({ moduleRoot }) => moduleRoot ?? []))
    .find((root) => below(folder, root) !== undefined);

/** Go files: those of a module that another stage builds, or any of the build context. */
const mayBringSources = ({ from, sources }: CopyTrace, { context }: ProjectFacts): boolean =>
  sources.some((source) => {
    if (from === 'unknown' || !source.known || /[*?[]|\.go$/.test(source.value)) return true;
    if (from) return sourcesIn(from, resolve('/', source.value)) !== undefined;
    const folder = `/${contextPath(source.value)}`;
    return [...sourcesByFolder(context).keys()].some((each) => below(folder, resolve('/', each)) !== undefined);
  });

/** What a golang image is for, in the text of a RUN or HEALTHCHECK. */
const building = /\b(go|cc|gcc|g\+\+|clang|c?make)(?![\w+])/;

/** Whether anything may need the toolchain of a stage's image, to build it or for the sources in it; its program is not looked at. */
export const mayUseToolchain = (stage: StageTrace, { dockerfile, project }: Subject): boolean =>
  stage.opaque ||
  stage.copies.some((copy) => mayBringSources(copy, project)) ||
  stage.stage.instructions.some(
    ({ keyword, range }) => /^(RUN|HEALTHCHECK)$/.test(keyword) && building.test(dockerfile.source.slice(range)),
  );
