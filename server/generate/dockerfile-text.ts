import { buildStage } from './build-stage.ts';
import { lastStage } from './last-stage.ts';
import type { Recipe } from './recipe.ts';
import { sideStages } from './side-stages.ts';

/** The Dockerfile of a recipe. The program that is built without a target comes last. */
export const dockerfileText = (recipe: Recipe): string =>
  [
    ...buildStage(recipe),
    ...sideStages(recipe),
    ...recipe.programs.toReversed().map((program) => lastStage(recipe, program)),
  ].join('\n');
