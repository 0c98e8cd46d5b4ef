import type { GoModule, GoReplace } from '../../go/project-facts.ts';
import type { Tri } from '../../known.ts';
import { isSureContext } from '../context-files.ts';
import type { LocalModule } from '../go-step.ts';
import { contextPath, join, resolve, upward } from '../paths.ts';
import type { Located } from './build-packages.ts';
import type { Running } from './frame.ts';

const verbs: ReadonlySet<string> = new Set(['build', 'install', 'test', 'vet', 'run']);

/** Commands that load the module graph of the working directory, and fail where a local module is not there. */
const loadsModules = ({ command, env }: Located): boolean => {
  if (env.get('GO111MODULE') || command.flags.some(({ name }) => name === 'modfile' || name === 'mod' || name === ''))
    return false;
  if (command.verb === 'mod') return command.subverb === 'download' && command.operands.length === 0;
  return verbs.has(command.verb) && !command.operands.some(({ raw }) => /[@$`]/.test(raw));
};

const usesVendor = ({ command, env }: Located, module: GoModule | undefined, running: Running): boolean => {
  const goflags = env.get('GOFLAGS');
  if (goflags && (!goflags.known || goflags.value.includes('-mod'))) return true;
  if (command.verb === 'mod') return false;
  return module?.vendored !== undefined || running.walk.project.context.folders.has('vendor');
};

const isThere = (folder: string, running: Running): Tri => {
  const { state } = running.mounted.files.lookup(join(folder, 'go.mod'));
  if (state === 'unknown' || state === 'folder') return 'unknown';
  return state === 'present' ? 'yes' : 'no';
};

/** A folder as go.mod or go.work in `dir` of the context means it; undefined outside of the context. */
const inContextOf = (dir: string, written: string): string | undefined => {
  const depth = contextPath(dir)
    .split('/')
    .filter((part) => part !== '').length;
  let level = depth;
  for (const part of written.split('/')) {
    if (part === '..') level -= 1;
    else if (part !== '.' && part !== '') level += 1;
    if (level < 0) return undefined;
  }
  return contextPath(`${dir}/${written}`);
};

const isRequired = ({ mod }: GoModule, { path, version }: GoReplace): boolean =>
  mod.requires.some((required) => required.path === path && (version === undefined || version === required.version));

const replacements = (step: Located, running: Running): readonly LocalModule[] => {
  const { module, moduleRoot } = step;
  if (!module || moduleRoot === undefined || usesVendor(step, module, running)) return [];
  return module.mod.replaces.flatMap((each): readonly LocalModule[] => {
    const written = each.folder;
    if (written === undefined || !/^\.{1,2}(\/|$)/.test(written) || !isRequired(module, each)) return [];
    const folder = resolve(moduleRoot, written);
    const contextFolder = inContextOf(module.dir, written);
    return [{ kind: 'replace', written, replaces: each.path, folder, contextFolder, there: isThere(folder, running) }];
  });
};

/** The stage's folder of the go.work that go finds from `cwd`; `unknown` when that cannot be said. */
const workspaceFolder = (cwd: string, { mounted, walk }: Running): string | 'unknown' | undefined => {
  for (const at of upward(cwd)) {
    const file = mounted.files.lookup(join(at, 'go.work'));
    if (file.state === 'absent') continue;
    const expected = join(walk.project.workspace?.dir ?? '', 'go.work').slice(1);
    return file.state === 'present' && file.origin.kind === 'context' && file.origin.path === expected ? at : 'unknown';
  }
  return undefined;
};

const members = (step: Located, at: string, running: Running): readonly LocalModule[] => {
  const { workspace } = running.walk.project;
  if (!workspace || (step.toolchain && step.toolchain.minor < 18) || usesVendor(step, undefined, running)) return [];
  return workspace.uses.flatMap((written): readonly LocalModule[] => {
    if (written.startsWith('/')) return [];
    const folder = resolve(at, written);
    const contextFolder = inContextOf(workspace.dir, written);
    return [{ kind: 'member', written, replaces: undefined, folder, contextFolder, there: isThere(folder, running) }];
  });
};

/** The local modules a go command surely reads: in a workspace its members, else what replaces a requirement. */
export const localModules = (step: Located, running: Running): readonly LocalModule[] => {
  const { workdir, env } = step;
  if (
    !workdir.known ||
    !isSureContext(running.walk.project.context) ||
    running.state.moduleEdited ||
    !loadsModules(step)
  )
    return [];
  const gowork = env.get('GOWORK');
  if (gowork && !(gowork.known && /^(off)?$/.test(gowork.value))) return [];
  const at = gowork?.value === 'off' ? undefined : workspaceFolder(workdir.value, running);
  if (at === 'unknown') return [];
  return at === undefined ? replacements(step, running) : members(step, at, running);
};
