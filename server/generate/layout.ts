import { type BuildContext, fileIsBuilt } from '../analysis/go/build-constraints.ts';
import type { GoFile, GoModule, GoPackage, ProjectFacts } from '../analysis/go/project-facts.ts';

/** A folder as Go code and go.work write it, below a folder of the context; undefined when it lies outside. */
export const within = (folder: string, written: string): string | undefined => {
  if (written.startsWith('/')) return undefined;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of written.split(/[/\\]/)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
};

export const joined = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

/** A folder that go.mod or go.work names and no COPY from the context reaches. */
export interface OutsideFolder {
  /** As written. */
  readonly folder: string;
  /** Folder of the context whose go.mod or go.work names it. */
  readonly from: string;
}

/** Where a program lies and which modules its build reads. */
export interface Layout {
  readonly main: GoPackage | undefined;
  readonly module: GoModule | undefined;
  /** Folder in which go runs: the workspace's when the module is a member, else the module's. */
  readonly dir: string;
  /** The main package relative to `dir`, such as `./cmd/server` or `.`. */
  readonly operand: string;
  readonly workspace: boolean;
  /** go.mod, go.sum, go.work and go.work.sum that exist and are read before the sources. */
  readonly moduleFiles: readonly string[];
  /** Modules that are built from folders of the context, the program's own first. */
  readonly modules: readonly GoModule[];
  /** Local folders of replace and use that lie outside the context. */
  readonly outside: readonly OutsideFolder[];
  readonly vendored: boolean;
  readonly hasRequires: boolean;
}

const linux: BuildContext = { goos: 'linux', goarch: 'amd64', cgo: true, tags: new Set() };

/** Not one of another system or tag, and not a magefile, which mage runs. */
const makesProgram = (file: GoFile): boolean =>
  file.packageName === 'main' && fileIsBuilt(file, linux) && !/^magefiles?(?:_|\.)/.test(file.name);

/** The programs of the context by folder. */
export const mainPackages = ({ packages }: ProjectFacts): readonly GoPackage[] =>
  [...packages.values()]
    .filter(({ dir }) => dir !== undefined)
    .filter(({ files }) => files.some(makesProgram))
    .sort((a, b) => ((a.dir ?? '') < (b.dir ?? '') ? -1 : 1));

/** The folder of a main package in the context, as `Reading` names it, from the way that choices name it. */
export const dirOf = (main: string): string => (main === '.' ? '' : main);

/** The folder of `GenerateChoices.main` in the context. */
const mainDir = (main: string): string => within('', main) ?? '';

const nearest = (modules: readonly GoModule[], folder: string): GoModule | undefined =>
  modules
    .filter(({ dir }) => dir === '' || folder === dir || folder.startsWith(`${dir}/`))
    .toSorted((a, b) => b.dir.length - a.dir.length)[0];

const localModules = (facts: ProjectFacts, first: readonly GoModule[]): Pick<Layout, 'modules' | 'outside'> => {
  const modules = [...first];
  const outside: OutsideFolder[] = [];
  for (const { dir, mod } of modules) {
    for (const { folder } of mod.replaces) {
      if (folder === undefined) continue;
      const target = within(dir, folder);
      if (target === undefined) outside.push({ folder, from: dir });
      const found = facts.modules.find((candidate) => candidate.dir === target);
      if (found && !modules.includes(found)) modules.push(found);
    }
  }
  return { modules, outside };
};

const relative = (from: string, to: string): string => {
  const rest = from === '' ? to : to.slice(from.length).replace(/^\//, '');
  return rest === '' ? '.' : `./${rest}`;
};

/** Where the program in `main` (a folder of the context, `.` for the root) lies, and what its build reads first. */
export const layoutOf = (facts: ProjectFacts, main: string): Layout => {
  const folder = mainDir(main);
  const module = nearest(facts.modules, folder);
  const used = facts.workspace?.uses.map((use) => within(facts.workspace?.dir ?? '', use)) ?? [];
  const workspace = module !== undefined && used.includes(module.dir);
  const dir = (workspace ? facts.workspace?.dir : module?.dir) ?? '';
  const members = workspace ? facts.modules.filter((member) => used.includes(member.dir)) : [];
  const first = module ? [module, ...members.filter((member) => member !== module)] : [];
  const { modules, outside } = localModules(facts, first);
  const uses = workspace ? (facts.workspace?.uses ?? []).filter((_, at) => used[at] === undefined) : [];
  const outsideUses = uses.map((use) => ({ folder: use, from: dir }));
  const wanted = [
    ...(workspace ? ['go.work', 'go.work.sum'].map((name) => joined(dir, name)) : []),
    ...modules.flatMap((each) => ['go.mod', 'go.sum'].map((name) => joined(each.dir, name))),
  ];
  return {
    main: mainPackages(facts).find((candidate) => candidate.dir === folder),
    module,
    dir,
    operand: relative(dir, folder),
    workspace,
    moduleFiles: wanted.filter((path) => facts.context.files.has(path)),
    modules,
    outside: [...outside, ...outsideUses],
    vendored: facts.context.files.has(joined(dir, 'vendor/modules.txt')),
    hasRequires: modules.some(({ mod }) => mod.requires.length > 0),
  };
};
