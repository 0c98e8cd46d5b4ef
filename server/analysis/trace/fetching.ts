import { closureOf } from '../go/closures.ts';
import type { GoModule, ProjectFacts } from '../go/project-facts.ts';
import { goMinor } from '../images/stopped-tags.ts';
import { knownValue, unknown } from '../known.ts';
import type { Subject } from '../rule.ts';
import type { GoBinary, GoStep, StageTrace } from './model.ts';
import { needsModules } from './modules.ts';
import { withAncestors } from './questions.ts';

/** Whether a program imports a package of a module that is fetched. */
export const importsRequired = ({ package: main, flags, module }: GoBinary, { project }: Subject): boolean => {
  const local = new Set(module?.mod.replaces.filter(({ folder }) => folder !== undefined).map(({ path }) => path));
  const required = module?.mod.requires.filter(({ path }) => !local.has(path)).map(({ path }) => `${path}/`) ?? [];
  const closure = main.known ? closureOf(project, main.value, flags.tags, true) : undefined;
  return [...(closure?.reached ?? [])].some((path) => required.some((each) => `${path}/`.startsWith(each)));
};

/** Modules that were downloaded by a stage below, or come from another stage. */
export const hasModules = (stage: StageTrace): boolean =>
  withAncestors(stage)
    .slice(1)
    .some(({ goSteps }) => goSteps.some(needsModules)) ||
  stage.copies.some(({ from, destination }) => from && destination.known && /^\/go(\/pkg|$)/.test(destination.value));

/** The module's vendor folder, where the ignore file hides it from the build. */
export const hidesVendor = ({ dir }: GoModule, { context }: ProjectFacts): string | undefined => {
  const folder = dir === '' ? 'vendor' : `${dir}/vendor`;
  const listed = `${folder}/modules.txt`;
  return context.files.has(listed) && context.isIgnored(listed) ? folder : undefined;
};

/** Why a go command can surely not fetch modules; undefined where it may. An image of somebody's own may have them already. */
export const noFetching = (
  { env, run, module }: GoStep,
  { rootImage }: StageTrace,
  { context }: ProjectFacts,
): string | undefined => {
  if (rootImage?.family !== 'golang') return undefined;
  if (knownValue(env.get('GOPROXY') ?? unknown) === 'off') return 'GOPROXY=off';
  const network = run.flags.find(({ name }) => name === 'network')?.value?.raw;
  if (network === 'none') return '--network=none';
  // A go.sum that .gitignore names is made beside the Dockerfile.
  if (!module || context.mayBeMade?.(module.dir === '' ? 'go.sum' : `${module.dir}/go.sum`)) return undefined;
  return module.hasGoSum === false && goMinor(rootImage.go, 16) >= 16 ? 'there is no go.sum' : undefined;
};
