import { fileIsBuilt } from '../../go/build-constraints.ts';
import { isMain, packageAt } from '../../go/package-at.ts';
import type { GoFile } from '../../go/project-facts.ts';
import { mayBeStd } from '../../go/std-packages.ts';
import type { ShellWord } from '../../shell/model.ts';
import { isSureContext, sourcesByFolder } from '../context-files.ts';
import type { BuildOutput, BuildPackage, GoStep } from '../go-step.ts';
import { basename, below, join, resolve, upward } from '../paths.ts';
import { type Frame, type Running, wordValue } from './frame.ts';
import { hidesOutput } from './go-targets.ts';

/** A step whose folders are all known. */
interface Place {
  readonly step: Located;
  readonly cwd: string;
  readonly root: string;
  readonly running: Running;
}

/** A go step before it is asked what it builds. */
export type Located = Omit<GoStep, 'packages' | 'output' | 'localModules' | 'hidden' | 'moduleMode'>;

const plainLinux = { goos: 'linux', goarch: 'amd64', cgo: false, tags: new Set<string>() };

/** Whether a file is compiled whatever the tags; its system does not matter, as only the kind of the package is asked for. */
export const isAlwaysBuilt = (file: GoFile): boolean => file.constraint === undefined && fileIsBuilt(file, plainLinux);

/** Whether a Go file is compiled by a build, and not by tests alone. */
export const isSource = (path: string): boolean => !/^[._]|_test\.go$/.test(basename(path));

const filesAt = (paths: readonly string[], { running }: Place): readonly GoFile[] | undefined => {
  const found = paths.map((path) => {
    const dir = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    return packageAt(running.walk.project, dir)?.files.find(({ name }) => name === basename(path));
  });
  return found.every((file) => file !== undefined) ? found : undefined;
};

/** A folder of the context that has Go files of which none reached the stage: .dockerignore took them. */
const hidesSources = (folder: string, { running }: Place): boolean => {
  const origin = running.mounted.files.contextFolder(folder);
  const names = origin === undefined ? [] : sourcesByFolder(running.walk.project.context).get(origin);
  return names?.some(isSource) ?? false;
};

const kindOf = (folder: string, place: Place): BuildPackage['kind'] => {
  const sources = place.running.mounted.files.sourcesIn(folder)?.filter(isSource);
  if (!sources) return 'unknown';
  if (sources.length === 0) return hidesSources(folder, place) ? 'unknown' : 'empty';
  const files = filesAt(sources, place);
  if (!files) return 'unknown';
  if (isMain({ files })) return 'main';
  return files.some(isAlwaysBuilt) ? 'library' : 'unknown';
};

/** Another go.mod on the way makes the folder a part of another module. */
const isOfModule = (folder: string, { root, running }: Place): boolean =>
  below(root, folder) !== undefined &&
  upward(folder)
    .filter((at) => at !== root && below(root, at) !== undefined)
    .every((at) => running.mounted.files.lookup(join(at, 'go.mod')).state === 'absent');

/** Folders whose packages may belong to no module: Go's own, and those of required modules. */
const foreign = ['/usr', '/go', '/root/go', '/lib'];

/** Whether a folder outside of the module can be a package of no other one that the build knows. */
const isOutside = (folder: string, { step, root, running }: Place): boolean => {
  const { project } = running.walk;
  const replaced = step.module?.mod.replaces.flatMap((each) => each.folder ?? []) ?? [];
  const around = [...foreign, ...replaced.map((each) => resolve(root, each))];
  const cache = step.env.get('GOMODCACHE') ?? step.env.get('GOPATH');
  return (
    below(root, folder) === undefined &&
    (!cache || (cache.known && below(cache.value, folder) === undefined)) &&
    project.workspace === undefined &&
    !step.env.get('GOWORK') &&
    around.every((each) => below(each, folder) === undefined)
  );
};

const packageIn = (word: ShellWord | undefined, folder: string, place: Place): BuildPackage => {
  const { state } = place.running.mounted.files.lookup(folder);
  if (state === 'folder' && isOutside(folder, place)) return { word, folder, kind: 'outside' };
  if (!isOfModule(folder, place) || (state !== 'folder' && state !== 'absent'))
    return { word, folder, kind: 'unknown' };
  return { word, folder, kind: state === 'absent' ? 'missing' : kindOf(folder, place) };
};

/** Packages that `folder/...` surely names. */
const packagesBelow = (word: ShellWord, folder: string, { step, root, running }: Place): readonly BuildPackage[] => {
  const { module } = step;
  const { lookup } = running.mounted.files;
  return [...running.walk.project.packages.values()].flatMap((each) => {
    if (each.dir === undefined || each.module !== module?.mod.path) return [];
    if (/(^|\/)(vendor|testdata|[._][^/]*)(\/|$)/.test(each.dir)) return [];
    const rest = module.dir === '' ? each.dir : each.dir.slice(module.dir.length + 1);
    const at = join(root, rest);
    const sure = each.files.some((file) => {
      const found = isAlwaysBuilt(file) ? lookup(join(at, file.name)) : undefined;
      return found?.state === 'present' && found.origin.kind === 'context';
    });
    if (below(folder, at) === undefined || !sure) return [];
    return [{ word, folder: at, kind: isMain(each) ? ('main' as const) : ('library' as const) }];
  });
};

/** Whether any module of the build may be the one that an import path belongs to, but for the module itself. */
const mayBeRequired = (path: string, { step, running }: Place): boolean =>
  step.module === undefined ||
  [
    ...step.module.mod.requires.map((each) => each.path),
    ...running.walk.project.modules.flatMap(({ mod, dir }) => (dir === step.module?.dir ? [] : [mod.path ?? path])),
  ].some((module) => below(`/${module}`, `/${path}`) !== undefined);

/** A Go file by its path; nothing is asked of one that is there, or that .dockerignore took. */
const fileAt = (word: ShellWord, path: string, { running }: Place): BuildPackage => {
  const { files } = running.mounted;
  const origin = files.contextFolder(resolve(path, '..'));
  const isHidden =
    origin !== undefined && sourcesByFolder(running.walk.project.context).get(origin)?.includes(basename(path));
  const isMissing = files.lookup(path).state === 'absent' && !isHidden;
  return { word, folder: path, kind: isMissing ? 'no-file' : 'unknown' };
};

const packagesOf = (word: ShellWord, text: string, place: Place): readonly BuildPackage[] | undefined => {
  if (/^[\w./@+-]+\.go$/.test(text)) return [fileAt(word, resolve(place.cwd, text), place)];
  const own = place.step.module?.mod.path;
  if (/^\.{1,2}(\/|$)|^\//.test(text)) {
    const folder = resolve(place.cwd, text.replace(/\/?\.\.\.$/, ''));
    return text.endsWith('...') ? packagesBelow(word, folder, place) : [packageIn(word, folder, place)];
  }
  if (own === undefined || text.includes('...') || /@|^-|\.go$/.test(text) || mayBeRequired(text, place))
    return undefined;
  const rest = below(`/${own}`, `/${text}`);
  if (rest !== undefined) return [packageIn(word, join(place.root, rest), place)];
  const folder = resolve(place.cwd, text);
  const isLocal =
    /^[\w-]+\//.test(text) && !mayBeStd(text) && place.running.mounted.files.lookup(folder).state === 'folder';
  return isLocal ? [{ word, folder, kind: 'bare' }] : undefined;
};

/** The packages a build names, with what is known of each. */
export const buildPackages = (step: Located, frame: Frame, running: Running): readonly BuildPackage[] | undefined => {
  const { command, workdir, module, moduleRoot, env } = step;
  if ((command.verb !== 'build' && command.verb !== 'install') || hidesOutput(step)) return undefined;
  if (!workdir.known || !module || moduleRoot === undefined || !isSureContext(running.walk.project.context))
    return undefined;
  if (env.get('GO111MODULE') || command.flags.some(({ name }) => name === 'overlay' || name === 'buildmode'))
    return undefined;
  const place = { step, cwd: workdir.value, root: moduleRoot, running };
  if (command.operands.length === 0) return [packageIn(undefined, workdir.value, place)];
  const found = command.operands.map((word) => {
    const value = wordValue(word, frame);
    return value.known ? packagesOf(word, value.value, place) : undefined;
  });
  return found.every((each) => each !== undefined) ? found.flat() : undefined;
};

/** Where base images keep programs: nobody ships a folder there. */
const isProgramPath = (path: string): boolean => /^\/(usr\/(local\/)?)?s?bin\/[^/]+$/.test(path);

/** What `-o` names when it is asked for a file, a folder, or neither can be said. */
export const buildOutput = ({ command, workdir }: Located, frame: Frame, running: Running): BuildOutput | undefined => {
  const flag = command.flags.findLast(({ name }) => name === 'o');
  const value = flag?.value && wordValue(flag.value, frame);
  if (command.verb !== 'build' || !flag || !value?.known || !workdir.known || value.value === '') return undefined;
  const path = resolve(workdir.value, value.value);
  if (path === '/dev/null') return undefined;
  const { files } = running.mounted;
  const { state } = files.lookup(path);
  const isFile = state === 'absent' || state === 'present' || (isProgramPath(path) && !files.written(path));
  const isFolder = /\/$/.test(value.value) || state === 'folder' ? 'yes' : isFile ? 'no' : 'unknown';
  return { flag, path, isFolder };
};
