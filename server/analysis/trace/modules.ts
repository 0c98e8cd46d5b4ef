import type { Mount } from '../dockerfile/model.ts';
import { flag } from '../go/command.ts';
import { parseGoflags } from '../go/ldflags.ts';
import type { GoModule, ProjectFacts } from '../go/project-facts.ts';
import { knownValue, unknown } from '../known.ts';
import { once } from '../once.ts';
import { inContext } from './context-files.ts';
import type { GoStep, StageTrace } from './model.ts';
import { below } from './paths.ts';
import { rootFrom, withAncestors } from './questions.ts';

const compilers: ReadonlySet<string> = new Set(['build', 'install', 'test', 'vet', 'run']);
const fetchers: ReadonlySet<string> = new Set([...compilers, 'generate', 'list', 'get']);

export const isDownload = ({ command }: GoStep): boolean => command.verb === 'mod' && command.subverb === 'download';

/** `go install tool@version` has nothing to do with the module around it. */
const isOfOwnModule = ({ command }: GoStep): boolean => !command.operands.some(({ raw }) => raw.includes('@'));

/** Whether a go command reads the modules that go.mod requires. */
export const needsModules = (goStep: GoStep): boolean =>
  isDownload(goStep) || (fetchers.has(goStep.command.verb) && isOfOwnModule(goStep));

/** Whether a go command compiles packages of the module it stands in, and so asks the build cache for all they import. */
export const compilesModule = (goStep: GoStep): boolean =>
  compilers.has(goStep.command.verb) && isOfOwnModule(goStep) && !flag(goStep.command, 'n');

/** Whether go may take no notice of go.mod: it is told so, or too old, or so old that it does so below GOPATH. */
export const mayIgnoreModules = ({ env, toolchain, workdir }: GoStep): boolean => {
  const asked = env.get('GO111MODULE');
  if (asked && (!asked.known || asked.value === 'off')) return true;
  if (!toolchain || toolchain.minor >= 13) return false;
  const isInGopath = !workdir.known || /\/src(?:\/|$)/.test(workdir.value);
  return toolchain.minor < 11 || (isInGopath && asked?.value !== 'on');
};

/** Whether the modules come from vendor/: it is asked for, or it is there and nothing else is asked for. */
export const usesVendor = (module: GoModule, goStep: GoStep, { context }: ProjectFacts): boolean => {
  const vendor = module.dir === '' ? 'vendor' : `${module.dir}/vendor`;
  const fromEnvironment = parseGoflags(knownValue(goStep.env.get('GOFLAGS') ?? unknown) ?? '');
  const mod = flag(goStep.command, 'mod')?.value?.raw ?? fromEnvironment.findLast(({ name }) => name === 'mod')?.value;
  const vendored = inContext(context, vendor) === 'folder' && !context.isIgnored(vendor);
  return mod === 'vendor' || (vendored && mod !== 'mod');
};

/** Whether go surely downloads something for the command, unless a cache has it. */
export const downloadsModules = (goStep: GoStep, project: ProjectFacts): boolean => {
  const { module, workspaceSeen } = goStep;
  if (!module || !needsModules(goStep)) return false;
  if (!isDownload(goStep) && usesVendor(module, goStep, project)) return false;
  const asked = workspaceSeen === 'yes' ? project.modules : [module];
  return asked.some(({ mod }) =>
    mod.requires.some(
      ({ path }) =>
        !mod.replaces.some((replaced) => replaced.path === path && replaced.folder !== undefined) &&
        !project.modules.some((each) => each.mod.path === path),
    ),
  );
};

/** The innermost mount that a path lies in while a command runs; unknown when one of its mounts may lie anywhere. */
export const mountOver = ({ mounts }: GoStep, path: string): Mount | 'unknown' | undefined => {
  if (!mounts) return 'unknown';
  if (mounts.length === 0) return undefined;
  const over = mounts.filter(({ target }) => below(target, path) !== undefined);
  return [...over].sort((a, b) => b.target.length - a.target.length)[0]?.mount;
};

/** What tells cache mounts apart: those of one id share their files. */
export const cacheId = ({ id, target, from, source, uid, mode }: Mount): string =>
  [id?.raw ?? target?.raw.replace(/\/+$/, ''), from?.raw, source?.raw, uid?.raw, mode?.raw].join(' ');

type Families = readonly (readonly StageTrace[])[];

const familiesOf = new WeakMap<readonly StageTrace[], Families>();

/** Stages that have their first layers in common: all that start, over others, from one FROM of an image. */
export const families = (all: readonly StageTrace[]): Families => once(familiesOf, all, findFamilies);

const findFamilies = (stages: readonly StageTrace[]): Families => {
  const byRoot = new Map<StageTrace, StageTrace[]>();
  for (const stage of stages) {
    const root = rootFrom(stage);
    byRoot.set(root, [...(byRoot.get(root) ?? []), stage]);
  }
  return [...byRoot.values()];
};

/** Whether the files that go keeps in `folder` are copied into the stage's layers, or out of them. */
export const movesCache = (stage: StageTrace, folder: string, all: readonly StageTrace[]): boolean => {
  const touches = (path: string): boolean => below(folder, path) !== undefined || below(path, folder) !== undefined;
  const brought = withAncestors(stage).some(({ copies }) =>
    copies.some(({ from, destination }) => {
      if (!destination.known) return from !== undefined;
      const { value } = destination;
      return from ? value !== '/' && touches(value) : below(folder, value) !== undefined;
    }),
  );
  const taken = all.some(({ copies }) =>
    copies.some(
      ({ from, sources }) => from === stage && sources.some((source) => !source.known || touches(source.value)),
    ),
  );
  return brought || taken;
};
