import type { Dockerfile, Form, Instruction, Stage } from '../dockerfile/model.ts';
import { goCommandOf } from '../go/command.ts';
import type { ProjectFacts } from '../go/project-facts.ts';
import { commandsOfForm } from '../shell/commands.ts';
import { globalArgs, resolveImage } from './images.ts';
import type { ResolvedImage, StageTrace, Trace } from './model.ts';
import { roleOf } from './roles.ts';
import { finishStage, startStage } from './stage.ts';
import type { Walk } from './state.ts';
import { walkInstruction } from './steps/instruction.ts';

/** Names that a stage's `FROM`, `COPY --from` and mounts use, as far as they can be read. */
const usesOf = (stage: Stage, resolved: ResolvedImage): readonly string[] => {
  const names: string[] = resolved.reference.known ? [resolved.reference.value] : [];
  for (const instruction of stage.instructions) {
    if (instruction.keyword === 'COPY' && instruction.from) names.push(instruction.from.raw);
    if (instruction.keyword === 'RUN') for (const { from } of instruction.mounts) if (from) names.push(from.raw);
  }
  return names;
};

/** A name with a variable in it (`build-$TARGETOS`) may mean any stage that its literal parts fit. */
const mayMean = (name: string, stage: Stage): boolean => {
  const bare = name.replace(/["']/g, '').toLowerCase();
  if (!bare.includes('$')) return bare === stage.name || bare === String(stage.index);
  const pattern = bare
    .split(/\$\{[^}]*\}|\$\w+/)
    .map((part) => part.replace(/[.*+?^()|[\]\\{}]/g, '\\$&'))
    .join('.*');
  return stage.name !== undefined && new RegExp(`^${pattern}$`).test(stage.name);
};

const users = (stage: Stage, uses: readonly (readonly string[])[], rawImages: readonly string[]): readonly number[] =>
  uses.flatMap((names, index) =>
    index > stage.index && [...names, rawImages[index] ?? ''].some((name) => mayMean(name, stage)) ? [index] : [],
  );

const formsOf = (instruction: Instruction): readonly Form[] => {
  if (instruction.keyword === 'CMD' || instruction.keyword === 'ENTRYPOINT') return [instruction.form];
  return [];
};

const runsGo = (dockerfile: Dockerfile, stage: Stage): boolean =>
  stage.instructions
    .flatMap(formsOf)
    .some((form) => commandsOfForm(form, dockerfile).commands.some((command) => goCommandOf(command)));

/** Walks the Dockerfile as BuildKit would, over what is known instead of over files. Linear in the text; never throws. */
export const traceDockerfile = (dockerfile: Dockerfile, project: ProjectFacts): Trace => {
  const args = globalArgs(dockerfile);
  const images = dockerfile.stages.map((stage) => resolveImage(dockerfile, stage, args));
  const uses = dockerfile.stages.map((stage, index) => usesOf(stage, images[index] as ResolvedImage));
  const rawImages = dockerfile.stages.map((stage) => stage.from.image?.raw ?? '');
  const stages: StageTrace[] = [];
  const walk: Walk = { dockerfile, project, stages, globalArg: args };
  for (const [index, stage] of dockerfile.stages.entries()) {
    const resolved = images[index] as ResolvedImage;
    const state = startStage(stage, resolved, walk);
    for (const instruction of stage.instructions) walkInstruction(instruction, state, walk);
    const usedBy = users(stage, uses, rawImages);
    const role = roleOf(stage, dockerfile.stages.length, usedBy.length > 0, project.context.dockerfile);
    stages.push(finishStage(state, usedBy, role, walk));
  }
  const isAboutGo =
    stages.some((stage) => stage.isGoStage) || dockerfile.stages.some((stage) => runsGo(dockerfile, stage));
  const shipped = stages.filter(({ role }) => role === 'final' || role === 'target');
  return { stages, isAboutGo, shipped, images };
};
