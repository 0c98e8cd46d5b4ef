import { packageAt } from '../../go/package-at.ts';
import type { ContextFacts, GoModule, GoPackage, ProjectFacts } from '../../go/project-facts.ts';
import { isSureContext, sourcesByFolder } from '../context-files.ts';
import type { GoStep } from '../go-step.ts';
import { below, join, upward } from '../paths.ts';
import { isAlwaysBuilt, isSource } from './build-packages.ts';
import type { Running } from './frame.ts';

type Step = Omit<GoStep, 'output' | 'localModules' | 'hidden' | 'moduleMode'>;

const hiddenFolders = new WeakMap<ContextFacts, ReadonlySet<string>>();

/** Folders of the build context with Go sources of which the ignore file hides every one. */
const foldersHidden = (context: ContextFacts): ReadonlySet<string> => {
  const known = hiddenFolders.get(context);
  if (known) return known;
  const found = new Set<string>();
  for (const [folder, names] of context.ignoreFile === undefined ? [] : sourcesByFolder(context)) {
    const sources = names.filter(isSource);
    if (sources.length > 0 && sources.every((name) => context.isIgnored(`${folder}/${name}`))) found.add(folder);
  }
  hiddenFolders.set(context, found);
  return found;
};

const verbs: ReadonlySet<string> = new Set(['build', 'install', 'test', 'vet', 'run']);

/** Commands that stop where the module's files are not there; files and versions as operands need no module. */
const needsModule = ({ command, env }: Step): boolean => {
  if (env.get('GO111MODULE') || command.flags.some(({ name }) => name === 'modfile' || name === '')) return false;
  if (command.verb === 'mod') return command.subverb === 'download' && command.operands.length === 0;
  return verbs.has(command.verb) && !command.operands.some(({ raw }) => /[@$`]|\.go$/.test(raw));
};

/** The go.mod that the command would find if the ignore file did not hide it. */
const hiddenModule = (cwd: string, { mounted: { files }, walk }: Running): readonly string[] => {
  const { context } = walk.project;
  const around = upward(cwd);
  if (around.some((at) => files.lookup(join(at, 'go.mod')).state !== 'absent')) return [];
  for (const at of around) {
    const folder = files.contextFolder(at);
    const path = folder === undefined ? undefined : join(folder, 'go.mod').slice(1);
    if (path !== undefined && context.files.has(path)) return context.isIgnored(path) ? [path] : [];
  }
  return [];
};

/** Packages that the step surely compiles and whose sources lie in the stage, and folders or files of the context that it lacks. */
interface Reached {
  readonly packages: readonly GoPackage[];
  readonly lacking: readonly string[];
}

/** The context itself is never hidden: its first source stands for all. */
const anySource = ({ files }: GoPackage): string => files.map(({ name }) => name).find(isSource) ?? 'main.go';

const folderOf = (dir: string, module: GoModule): string =>
  module.dir === '' ? dir : (below(`/${module.dir}`, `/${dir}`) ?? dir);

/** Follows the imports of the module's own packages from those that are built. */
const reachedFrom = (dirs: readonly string[], module: GoModule, root: string, running: Running): Reached => {
  const { project } = running.walk;
  const [packages, lacking, queue] = [new Map<string, GoPackage>(), new Set<string>(), [...dirs]];
  for (let dir = queue.pop(); dir !== undefined; dir = queue.pop()) {
    const found = packageAt(project, dir);
    const folder = join(root, folderOf(dir, module));
    if (!found || packages.has(dir) || lacking.has(dir)) continue;
    const sources = running.mounted.files.sourcesIn(folder)?.filter(isSource);
    if (sources?.length === 0 && foldersHidden(project.context).has(dir))
      lacking.add(dir === '' ? anySource(found) : dir);
    if (!sources || sources.length === 0) continue;
    packages.set(dir, found);
    queue.push(...importedDirs(found, module, project));
  }
  return { packages: [...packages.values()], lacking: [...lacking] };
};

const importsOf = ({ files }: GoPackage): readonly string[] =>
  files.filter(isAlwaysBuilt).flatMap(({ imports }) => imports);

const importedDirs = (found: GoPackage, module: GoModule, { packages }: ProjectFacts): readonly string[] =>
  importsOf(found).flatMap((path) => {
    const imported = packages.get(path);
    return imported?.dir !== undefined && imported.module === module.mod.path ? [imported.dir] : [];
  });

/** A build that imports a required module stops without go.sum, unless it may be written (until 1.17 by a download, too). */
const hiddenSum = (step: Step, packages: readonly GoPackage[], running: Running): readonly string[] => {
  const { module, moduleRoot, command, env } = step;
  const { context } = running.walk.project;
  if (!module || moduleRoot === undefined || module.vendored || env.get('GOFLAGS')) return [];
  if ((step.toolchain?.minor ?? 0) < 18) return [];
  const path = join(module.dir, 'go.sum').slice(1);
  const isHidden = context.files.has(path) && context.isIgnored(path);
  const isAbsent = running.mounted.files.lookup(join(moduleRoot, 'go.sum')).state === 'absent';
  if (!isHidden || !isAbsent || command.flags.some(({ name }) => name === 'mod')) return [];
  const local = new Set(module.mod.replaces.filter(({ folder }) => folder !== undefined).map((each) => each.path));
  const required = module.mod.requires.filter((each) => !local.has(each.path)).map((each) => `/${each.path}`);
  const imported = packages.flatMap(importsOf).map((each) => `/${each}`);
  return imported.some((each) => required.some((from) => below(from, each) !== undefined)) ? [path] : [];
};

/** Paths of the build context that the ignore file hides, and that a command surely needs and does not find. */
export const hiddenFiles = (step: Step, running: Running): readonly string[] => {
  const { context } = running.walk.project;
  if (context.ignoreFile === undefined || !isSureContext(context) || running.state.moduleEdited) return [];
  if (!step.workdir.known || !needsModule(step)) return [];
  const { module, moduleRoot, packages = [] } = step;
  if (!module || moduleRoot === undefined) return hiddenModule(step.workdir.value, running);
  const dirs = packages.flatMap(({ folder }) => running.mounted.files.contextFolder(folder) ?? []);
  const reached = reachedFrom(dirs, module, moduleRoot, running);
  return [...hiddenSum(step, reached.packages, running), ...reached.lacking];
};
