import type { Dockerfile, Form, Instruction, Stage } from '../dockerfile/model.ts';
import { goCommandOf } from '../go/command.ts';
import { defaultBinaryName } from '../go/output.ts';
import type { ProjectFacts } from '../go/project-facts.ts';
import { goTarballAt } from '../go/tarball.ts';
import { wordText } from '../go/word-text.ts';
import { commandsOfForm } from '../shell/commands.ts';
import { globalArgs, resolveImage } from './images.ts';
import type { ResolvedImage, StageTrace, Trace } from './model.ts';
import { namedContexts } from './named-contexts.ts';
import { nothingPassed } from './passed.ts';
import { basename } from './paths.ts';
import { type Plan, type Traced, unchangedStages } from './reuse.ts';
import { isTemplate, rolesOf } from './roles.ts';
import { finishStage, startStage } from './stage.ts';
import type { Walk } from './state.ts';
import { walkInstruction } from './steps/instruction.ts';

/** Names that a stage's `FROM`, `COPY --from` and mounts use, as far as they can be read. */
const usesOf = (stage: Stage, resolved: ResolvedImage | undefined): readonly string[] => {
  const names: string[] = resolved?.reference.known ? [resolved.reference.value] : [];
  for (const instruction of stage.instructions) {
    if (instruction.keyword === 'COPY' && instruction.from) names.push(instruction.from.raw);
    if (instruction.keyword === 'RUN') for (const { from } of instruction.mounts) if (from) names.push(from.raw);
  }
  return names;
};

/** A name with a variable in it (`build-$TARGETOS`) may mean any stage that its literal parts fit. */
const patternOf = (name: string): RegExp => {
  const literal = name.split(/\$\{[^}]*\}|\$\w+/).map((part) => part.replace(/[.*+?^()|[\]\\{}]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`);
};

/** For each stage, the later stages that start from it, copy from it, or mount it. */
const usersOf = (dockerfile: Dockerfile, images: readonly ResolvedImage[]): readonly (readonly number[])[] => {
  const byName = new Map<string, number[]>();
  const byPattern: { readonly pattern: RegExp; readonly user: number }[] = [];
  for (const [user, stage] of dockerfile.stages.entries()) {
    const names = [...usesOf(stage, images[user]), stage.from.image?.raw ?? ''];
    for (const name of new Set(names.map((raw) => raw.replace(/["']/g, '').toLowerCase()))) {
      if (name.includes('$')) byPattern.push({ pattern: patternOf(name), user });
      else byName.set(name, [...(byName.get(name) ?? []), user]);
    }
  }
  return dockerfile.stages.map(({ name, index }) => {
    const exact = [...(byName.get(name ?? '') ?? []), ...(byName.get(String(index)) ?? [])];
    const fitting =
      name === undefined ? [] : byPattern.filter(({ pattern }) => pattern.test(name)).map(({ user }) => user);
    return [...new Set([...exact, ...fitting])].filter((user) => user > index).sort((x, y) => x - y);
  });
};

const formsOf = (instruction: Instruction): readonly Form[] => {
  if (instruction.keyword === 'CMD' || instruction.keyword === 'ENTRYPOINT') return [instruction.form];
  return [];
};

const runsGo = (dockerfile: Dockerfile, stage: Stage): boolean =>
  stage.instructions
    .flatMap(formsOf)
    .some((form) => commandsOfForm(form, dockerfile).commands.some((command) => goCommandOf(command)));

/** A make or a script may run it, which nobody follows. */
const downloadsGo = ({ commands }: StageTrace): boolean =>
  commands.some(
    ({ program, command }) =>
      /^(curl|wget)$/.test(program) && command.words.some(({ raw }) => goTarballAt(wordText(raw)) !== undefined),
  );

const programNames = ({ packages, modules }: ProjectFacts): ReadonlySet<string> => {
  const own = new Set(modules.map(({ mod }) => mod.path));
  const mains = [...packages.values()].filter(
    ({ module, files }) => own.has(module) && files.some(({ packageName }) => packageName === 'main'),
  );
  return new Set(mains.map(({ importPath }) => defaultBinaryName(importPath)));
};

/** A stage that copies a program called like one of the project's own, and starts it: it was built before the image. */
const startsOwnProgram = (stage: StageTrace, names: ReadonlySet<string>): boolean => {
  const name = basename(stage.start?.words?.[0] ?? '');
  if (!names.has(name)) return false;
  return stage.copies.some(
    ({ from, sources }) => !from && sources.some((source) => source.known && basename(source.value) === name),
  );
};

const walkStage = (index: number, plan: Plan, walk: Walk): StageTrace => {
  const { dockerfile, images } = plan;
  const stage = dockerfile.stages[index] as Stage;
  const state = startStage(stage, images[index] as ResolvedImage, walk);
  for (const instruction of stage.instructions) walkInstruction(instruction, state, walk);
  return finishStage(state, plan.users[index] ?? [], plan.roles[index] ?? 'final', walk);
};

/**
 * Walks the Dockerfile as BuildKit would with these build arguments, over what is known instead of over files. Linear in
 * the text; never throws. Of a text that was traced with the same arguments before an edit, only the stages that the edit
 * reaches are walked again.
 */
export const traceDockerfile = (
  dockerfile: Dockerfile,
  project: ProjectFacts,
  passed = nothingPassed,
  before?: Traced,
): Trace => {
  const globalArg = globalArgs(dockerfile, passed);
  const named = namedContexts(project.callers ?? []);
  const images = dockerfile.stages.map((stage) => resolveImage(dockerfile, stage, globalArg, passed, named));
  const targets = new Set((project.callers ?? []).flatMap(({ target }) => target?.toLowerCase() ?? []));
  const users = usersOf(dockerfile, images);
  const { folder, dockerfile: name } = project.context;
  const path = folder && name ? `${folder}/${name}` : name;
  const roles = rolesOf(dockerfile.stages, { users, targets, dockerfile: path });
  const plan: Plan = { dockerfile, project, images, users, roles };
  const unchanged = unchangedStages(before, plan);
  const stages: StageTrace[] = [];
  const stagesByName = new Map<string, StageTrace>();
  const walk: Walk = { dockerfile, project, stages, stagesByName, globalArg, passed };
  for (const [index, { name }] of dockerfile.stages.entries()) {
    const stage = unchanged.get(index) ?? walkStage(index, plan, walk);
    stages.push(stage);
    if (name !== undefined) stagesByName.set(name, stage);
  }
  const shipped = stages.filter(({ role }) => role === 'final' || role === 'target');
  const started = stages.filter(({ role }) => role === 'final' || role === 'target' || role === 'test');
  const buildsGo =
    stages.some((stage) => stage.isGoStage || downloadsGo(stage)) ||
    dockerfile.stages.some((stage) => runsGo(dockerfile, stage));
  const names = buildsGo ? undefined : programNames(project);
  const isAboutGo =
    !isTemplate(path) && (names === undefined || started.some((stage) => startsOwnProgram(stage, names)));
  return { stages, isAboutGo, shipped, started, images };
};
