import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Caller } from '../../analysis/caller.ts';
import { once } from '../../analysis/once.ts';
import { foldersAbove } from '../context.ts';
import type { Disk } from '../disk.ts';
import type { BuildCall, Variables } from './build-call.ts';
import { parseEnvFile } from './env-file.ts';

type Parse = (text: string) => (variables: Variables) => readonly BuildCall[];

/** Files whose values no variable of an env file changes. */
const fixed =
  (parse: (text: string) => readonly BuildCall[]): Parse =>
  (text) => {
    const calls = parse(text);
    return () => calls;
  };

/** A file that may describe builds. Paths are absolute. */
interface CallFile {
  readonly path: string;
  /** What its paths are relative to. */
  readonly base: string;
  readonly parse: () => Promise<Parse>;
  readonly isWorkflow: boolean;
}

/** A build of a Dockerfile, with the file that describes it and its context. Paths are absolute. */
export interface FoundCaller {
  readonly file: string;
  readonly context: string;
  readonly call: BuildCall;
}

const compose = /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/i;

/** By its path. */
export const isComposeFile = (path: string): boolean => compose.test(basename(path));

// Loaded late: most projects have one of them, and the libraries are as large as all rules.
const parsers: readonly { readonly name: RegExp; readonly parse: () => Promise<Parse> }[] = [
  { name: compose, parse: async () => (await import('./compose.ts')).parseCompose },
  { name: /^docker-bake(?:[.-][\w.-]+)?\.hcl$/, parse: async () => fixed((await import('./bake.ts')).parseBakeHcl) },
  { name: /^docker-bake(?:[.-][\w.-]+)?\.json$/, parse: async () => fixed((await import('./bake.ts')).parseBakeJson) },
];

const workflowParser = async (): Promise<Parse> => fixed((await import('./workflow.ts')).parseWorkflow);

/** Whether a file may describe builds, or hold values for them, by its path. */
export const maybeCaller = (path: string): boolean =>
  basename(path) === '.env' ||
  parsers.some(({ name }) => name.test(basename(path))) ||
  /[\\/]\.github[\\/]workflows[\\/]/.test(path);

/** Folders in which people keep such files, beside the Dockerfile's own and those above it. */
const usualFolder = /^\.?(?:deploy|deployments?|docker|build|compose|ci|infra|hack|dev|local|packaging|scripts)$/i;

type Entries = NonNullable<Awaited<ReturnType<Disk['list']>>>;

const none: Entries = [];

const namesIn = (entries: Entries): readonly string[] =>
  entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);

/** By listing of a folder: a thousand Dockerfiles beside each other ask for the same one. */
const described = new WeakMap<Entries, readonly CallFile[]>();

const filesIn = async (disk: Disk, folder: string): Promise<readonly CallFile[]> =>
  once(described, (await disk.list(folder)) ?? none, (entries) =>
    namesIn(entries).flatMap((name) => {
      const parser = parsers.find((each) => each.name.test(name));
      return parser ? [{ path: join(folder, name), base: folder, parse: parser.parse, isWorkflow: false }] : [];
    }),
  );

const workflowsIn = async (disk: Disk, root: string): Promise<readonly CallFile[]> => {
  const folder = join(root, '.github', 'workflows');
  const names = namesIn((await disk.list(folder)) ?? none).filter((name) => /\.ya?ml$/i.test(name));
  return names.map((name) => ({ path: join(folder, name), base: root, parse: workflowParser, isWorkflow: true }));
};

const innerFolders = new WeakMap<Entries, Entries>();

const filesAround = async (disk: Disk, folder: string): Promise<readonly CallFile[]> => {
  const entries = (await disk.list(folder)) ?? none;
  const inner = once(innerFolders, entries, () =>
    entries.filter((entry) => entry.isDirectory() && (usualFolder.test(entry.name) || entry.name === '.github')),
  );
  const below = await Promise.all(inner.map(({ name }) => filesIn(disk, join(folder, name))));
  const hasWorkflows = inner.some(({ name }) => name === '.github');
  const workflows = hasWorkflows ? await workflowsIn(disk, folder) : [];
  return [...(await filesIn(disk, folder)), ...below.flat(), ...workflows];
};

const isRemote = (path: string): boolean => /^[a-z+]+:\/\/|^git@|^github\.com\//i.test(path);

/** Where the build finds its Dockerfile: compose and Bake look in the context, a workflow in the repository. */
const dockerfileOf = ({ base, isWorkflow }: CallFile, context: string, call: BuildCall): string | undefined => {
  if (call.dockerfile === 'unknown') return undefined;
  if (call.dockerfile === undefined) return join(context, 'Dockerfile');
  return resolve(isWorkflow ? base : context, call.dockerfile);
};

const noVariables: Variables = new Map();

const callsIn = async (disk: Disk, file: CallFile, dockerfile: string): Promise<readonly FoundCaller[]> => {
  const parse = await file.parse();
  const read = await disk.read(file.path, parse);
  const calls = read?.((await disk.read(join(file.base, '.env'), parseEnvFile)) ?? noVariables) ?? [];
  return calls.flatMap((call) => {
    if (call.context === undefined || isRemote(call.context)) return [];
    const context = resolve(file.base, call.context);
    return dockerfileOf(file, context, call) === dockerfile ? [{ file: file.path, context, call }] : [];
  });
};

const mostFiles = 60;

/**
 * The builds of a Dockerfile (absolute) that compose files, Bake files and workflows describe: those beside it and in
 * the folders above, up to the repository's or the topmost Go module's, and in the usual folders below each. Never rejects.
 */
export const findCallers = async (disk: Disk, dockerfile: string): Promise<readonly FoundCaller[]> => {
  const folders = await foldersAbove(disk, dirname(dockerfile), undefined);
  const files = (await Promise.all(folders.map((folder) => filesAround(disk, folder)))).flat();
  const unique = [...new Map(files.map((file) => [file.path, file])).values()].slice(0, mostFiles);
  const found = await Promise.all(unique.map((file) => callsIn(disk, file, resolve(dockerfile)).catch(() => [])));
  return found.flat();
};

/** A caller as the facts of a context have it. */
export const callerIn = (root: string, { file, call }: FoundCaller): Caller => {
  const { context: _context, dockerfile: _dockerfile, name, ...rest } = call;
  const path = relative(root, file).split(sep).join('/');
  return { ...rest, path, name: `${name} of ${basename(file)}` };
};
