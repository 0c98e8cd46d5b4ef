import type { Reading } from '../analysis/go/reading.ts';
import {
  type Beside,
  besideKinds,
  type GenerateChoices,
  type GeneratedFile,
  type GeneratedFiles,
} from '../protocol.ts';
import { bakeText } from './bake.ts';
import { composeText } from './compose.ts';
import { dockerfileText } from './dockerfile-text.ts';
import { dockerignoreText } from './dockerignore.ts';
import { dirOf, joined, type Layout, layoutOf } from './layout.ts';
import { runtimeFiles } from './needs.ts';
import type { Recipe } from './recipe.ts';
import { recipeOf } from './recipe-of.ts';
import { webStage } from './web.ts';
import { workflowText } from './workflow.ts';

/** What the build reads, so that no pattern may hide it. */
const needed = ({ facts }: Reading, layout: Layout): readonly string[] => [
  ...layout.moduleFiles,
  ...[...facts.packages.values()].flatMap(({ dir, files }) =>
    dir === undefined ? [] : files.map(({ name }) => joined(dir, name)),
  ),
  ...(layout.vendored ? [joined(layout.dir, 'vendor/modules.txt')] : []),
];

const besideFiles = (recipe: Recipe, { beside, scanner }: GenerateChoices): readonly GeneratedFile[] => {
  const texts: Readonly<Record<Beside, () => GeneratedFile>> = {
    compose: () => ({ path: 'compose.yaml', text: composeText(recipe) }),
    bake: () => ({ path: 'docker-bake.hcl', text: bakeText(recipe) }),
    workflow: () => ({ path: '.github/workflows/image.yml', text: workflowText(recipe, scanner) }),
  };
  return besideKinds.filter((kind) => beside.includes(kind)).map((kind) => texts[kind]());
};

/** Dockerfile and .dockerignore for a program, and what was asked for beside them; pure, writes nothing. */
export const generate = (reading: Reading, choices: GenerateChoices): GeneratedFiles => {
  const recipe = recipeOf(reading, choices);
  const patterns = [choices.main, ...choices.others].flatMap((main) => {
    const signals = reading.signals(dirOf(main));
    return [...signals.embeds, ...runtimeFiles(reading.facts, signals)];
  });
  const made = webStage(reading, choices.main)?.output;
  return {
    dockerfile: dockerfileText(recipe),
    dockerignore: dockerignoreText({
      needed: needed(reading, layoutOf(reading.facts, choices.main)),
      // What a stage of its own makes need not come from the context.
      patterns: recipe.web ? patterns.filter((path) => path !== made && !path.startsWith(`${made}/`)) : patterns,
      existing: reading.surroundings.dockerignore,
      isIgnored: reading.facts.context.isIgnored,
      comments: choices.comments,
      language: choices.language,
    }),
    beside: besideFiles(recipe, choices),
  };
};
