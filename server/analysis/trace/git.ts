import { flag } from '../go/command.ts';
import { parseGoflags } from '../go/ldflags.ts';
import { matchesPrivate } from '../go/private.ts';
import type { ContextFacts } from '../go/project-facts.ts';
import { wordText } from '../go/word-text.ts';
import { goMinor } from '../images/stopped-tags.ts';
import { knownValue, type Tri } from '../known.ts';
import type { CopyTrace, GoStep, StageTrace } from './model.ts';
import { below, contextPath, normalize } from './paths.ts';
import { isRoot, withAncestors } from './questions.ts';

const programFolders = ['/bin', '/usr/bin', '/usr/local/bin', '/usr/local/sbin', '/opt'];

/** Whether a stage has the program git: its image brings it, or a package does. */
export const hasGit = (stage: StageTrace): Tri => {
  const inImage = stage.rootImage?.git ?? 'unknown';
  if (inImage === 'yes' || stage.packages.has('git') || stage.packages.has('alpine-sdk')) return 'yes';
  if (inImage === 'unknown' || stage.opaque || stage.packagesOpen) return 'unknown';
  if (programFolders.some((folder) => stage.written(folder))) return 'unknown';
  return [...stage.packages].some((name) => /git|goreleaser|^gh$|hub|subversion|mercurial/.test(name))
    ? 'unknown'
    : 'no';
};

/** The module that a go command asks its Git server for, as GOPROXY or GOPRIVATE keep it from the proxy; undefined for none. */
export const moduleFromGit = ({ module, env, moduleMode, command }: GoStep): string | undefined => {
  const isLocal = module?.mod.replaces.some(({ folder }) => folder !== undefined) ?? true;
  if (!module || isLocal || moduleMode.usesVendor || moduleMode.mod === 'unknown') return undefined;
  if (command.operands.some(({ raw }) => /[@$`]/.test(raw))) return undefined;
  const paths = module.mod.requires.map(({ path }) => path);
  const [proxy] = (knownValue(env.get('GOPROXY') ?? { known: false }) ?? '').split(/[,|]/);
  if (proxy === 'direct') return paths[0];
  const kept = env.get('GONOPROXY') ?? env.get('GOPRIVATE');
  const patterns = (kept && knownValue(kept))?.split(',') ?? [];
  return paths.find((path) => patterns.some((pattern) => matchesPrivate(pattern, path)));
};

/** Why git does not tell go the commit: a part of .git is not in the context, or the files are somebody else's. */
export type StampFailure =
  | { readonly kind: 'partial'; readonly copy: CopyTrace; readonly part: string }
  | { readonly kind: 'owner'; readonly copy: CopyTrace; readonly owner: string; readonly user: string };

/** Without any of these git takes the folder for no repository. */
const parts = ['HEAD', 'objects', 'refs'];

const partOf = ({ isIgnored }: ContextFacts): string | undefined => {
  const hidden = parts.filter((part) => isIgnored(`.git/${part}`) && (part === 'HEAD' || isIgnored(`.git/${part}/x`)));
  return hidden.length < parts.length ? hidden[0] : undefined;
};

const uidOf = (name: string, { users }: StageTrace): number | undefined =>
  isRoot(name) ? 0 : /^\d+$/.test(name) ? Number(name) : users.get(name);

const nameOf = (text: string): string => text.replace(/:.*$/, '');

/** Whether -buildvcs is left alone, so that go build asks git by itself. */
const stamps = ({ command, env, packages, runs }: GoStep, { rootImage }: StageTrace): boolean => {
  if (command.verb !== 'build' && command.verb !== 'install') return false;
  const own = flag(command, 'buildvcs');
  const goflags = env.get('GOFLAGS');
  if (own || runs !== 'always' || command.flags.some(({ name }) => name === '') || (goflags && !goflags.known))
    return false;
  if (goflags && parseGoflags(goflags.value).some(({ name }) => name === 'buildvcs')) return false;
  return goMinor(rootImage?.go, 18) >= 18 && (packages?.some(({ kind }) => kind === 'main') ?? false);
};

/** The COPY that brings the root of the context, and .git with it, to a folder around the module. */
const copyOfRoot = (stage: StageTrace, { moduleRoot, run }: GoStep): CopyTrace | undefined =>
  withAncestors(stage)
    .flatMap(({ copies }) => copies.toReversed())
    .find(({ from, sources, destination, instruction }) => {
      if (from || !destination.known || moduleRoot === undefined) return false;
      const isRootFolder = sources.some((source) => source.known && contextPath(source.value) === '');
      const before = instruction.range.start.line < run.range.start.line;
      return before && isRootFolder && below(normalize(destination.value), moduleRoot) !== undefined;
    });

const ownerOf = ({ instruction }: CopyTrace): string | undefined => {
  const chown = instruction.flags.find(({ name }) => name === 'chown')?.value;
  const text = chown ? nameOf(wordText(chown.raw)) : 'root';
  return /[$`]/.test(text) ? undefined : text;
};

/** Why go build surely ends with `error obtaining VCS status: exit status 128`; undefined where it may not. */
export const stampFailure = (goStep: GoStep, stage: StageTrace, context: ContextFacts): StampFailure | undefined => {
  if (!context.folders.has('.git') || !stamps(goStep, stage) || hasGit(stage) !== 'yes') return undefined;
  const copy = copyOfRoot(stage, goStep);
  if (!copy || (context.isIgnored('.git') && parts.every((part) => context.isIgnored(`.git/${part}`))))
    return undefined;
  const part = partOf(context);
  if (part) return { kind: 'partial', copy, part };
  if (parts.some((each) => context.isIgnored(`.git/${each}`))) return undefined;
  const owner = ownerOf(copy);
  const user = stage.before(goStep.run)?.user;
  if (owner === undefined || !user?.known || goStep.run.mounts.some(({ type }) => type === 'bind')) return undefined;
  const [own, running] = [uidOf(owner, stage), uidOf(nameOf(user.value), stage)];
  if (own === undefined || running === undefined || own === running) return undefined;
  return { kind: 'owner', copy, owner, user: user.value };
};

/** Why go build surely records no commit; undefined where it may, or where nobody has one. */
export const missingCommit = (
  goStep: GoStep,
  stage: StageTrace,
  context: ContextFacts,
): 'hidden' | 'no git' | undefined => {
  const { moduleRoot } = goStep;
  if (moduleRoot === undefined || !context.folders.has('.git') || !stamps(goStep, stage) || !copyOfRoot(stage, goStep))
    return undefined;
  if (context.isIgnored('.git') && parts.every((part) => context.isIgnored(`.git/${part}`))) {
    const mayHave = stage.copies.some(
      ({ from, destination }) =>
        from && (!destination.known || below(normalize(destination.value), moduleRoot) !== undefined),
    );
    return stage.opaque || mayHave ? undefined : 'hidden';
  }
  return !parts.some((part) => context.isIgnored(`.git/${part}`)) && hasGit(stage) === 'no' ? 'no git' : undefined;
};
