import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ContextFacts, ProjectFacts } from '../analysis/go/project-facts.ts';
import type { NodePackage, Surroundings } from '../analysis/go/surroundings.ts';
import { licenceNames, licenceOf } from './licence.ts';
import type { Environment } from './module-sources.ts';
import { sourceAddress } from './repository.ts';

const read = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

const lockFiles = { 'package-lock.json': 'npm', 'pnpm-lock.yaml': 'pnpm', 'yarn.lock': 'yarn' } as const;

/** What npm, pnpm and yarn read beside the lock file when they install. */
const settingFiles = ['.npmrc', '.yarnrc', '.yarnrc.yml', 'pnpm-workspace.yaml', '.pnpmfile.cjs'];
const settingFolders = ['.yarn', 'patches'];

const nodePackage = async (root: string, { files, folders }: ContextFacts, path: string): Promise<NodePackage[]> => {
  const text = (await read(join(root, path))) ?? '';
  if (!/"scripts"\s*:\s*\{[^}]*"build"\s*:/.test(text)) return [];
  const dir = path === 'package.json' ? '' : dirname(path);
  const beside = (name: string): string => (dir === '' ? name : `${dir}/${name}`);
  const found = Object.entries(lockFiles).find(([name]) => files.has(beside(name)));
  const settings = {
    files: settingFiles.filter((name) => files.has(beside(name))),
    folders: settingFolders.filter((name) => folders.has(beside(name))),
  };
  const has = settings.files.length + settings.folders.length > 0;
  return [{ dir, manager: found?.[1] ?? 'npm', lockFile: found?.[0], ...(has && { settings }) }];
};

const licence = async (root: string, files: ReadonlySet<string>): Promise<string | undefined> => {
  const name = licenceNames.find((candidate) => files.has(candidate));
  return name === undefined ? undefined : licenceOf((await read(join(root, name))) ?? '');
};

/** GOPRIVATE as the go command sees it: the environment, else the file that `go env -w` writes. */
const goPrivate = async (environment: Environment): Promise<readonly string[]> => {
  const config = environment.XDG_CONFIG_HOME ?? join(environment.HOME ?? homedir(), '.config');
  const written = environment.GOPRIVATE === undefined ? await read(environment.GOENV ?? join(config, 'go/env')) : '';
  const text = environment.GOPRIVATE ?? /^GOPRIVATE=(.*)$/m.exec(written ?? '')?.[1] ?? '';
  return text.split(',').flatMap((pattern) => pattern.trim() || []);
};

const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/');

/** Reads what lies around the Go project of a context (absolute folder). Never rejects: what cannot be read is not there. */
export const readSurroundings = async (
  facts: ProjectFacts,
  root: string,
  environment: Environment = process.env,
): Promise<Surroundings> => {
  const { files } = facts.context;
  const manifests = [...files].filter((path) => /(?:^|\/)package\.json$/.test(path)).slice(0, 20);
  const own = new Set([...facts.packages.values()].flatMap(({ dir }) => dir ?? []));
  const tests = [...files].filter((path) => path.endsWith('_test.go')).map(folderOf);
  return {
    source: await sourceAddress(root),
    licence: await licence(root, files),
    goPrivate: await goPrivate(environment),
    nodePackages: (await Promise.all(manifests.map((path) => nodePackage(root, facts.context, path)))).flat(),
    dockerignore: await read(join(root, '.dockerignore')),
    tests: [...new Set(tests.filter((dir) => own.has(dir)))],
  };
};
