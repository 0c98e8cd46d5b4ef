import type { Caller } from '../../server/analysis/caller.ts';
import { parseGoMod, parseGoWork, parseVendorModules } from '../../server/analysis/go/go-mod.ts';
import { noProject } from '../../server/analysis/go/no-project.ts';
import type { GoFile, GoModule, GoPackage, ProjectFacts } from '../../server/analysis/go/project-facts.ts';
import { parseCompose } from '../../server/project/callers/compose.ts';
import { callerIn } from '../../server/project/callers/find.ts';
import { parseGitIgnore } from '../../server/project/git-ignore.ts';
import { parseGoFile } from '../../server/project/go-file.ts';
import { parseIgnoreFile } from '../../server/project/ignore-file.ts';

/** Project files of a test: context-relative path to content. */
export type Files = Readonly<Record<string, string>>;

const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/');
const nameOf = (path: string): string => path.split('/').at(-1) ?? '';

const foldersOf = (paths: readonly string[]): ReadonlySet<string> => {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let at = folderOf(path); at !== ''; at = folderOf(at)) folders.add(at);
  }
  return folders;
};

const modulesOf = (files: Files): readonly GoModule[] =>
  Object.keys(files)
    .filter((path) => nameOf(path) === 'go.mod')
    .map((path) => {
      const dir = folderOf(path);
      const below = (name: string): string => (dir === '' ? name : `${dir}/${name}`);
      const vendored = files[below('vendor/modules.txt')];
      return {
        dir,
        mod: parseGoMod(files[path] ?? ''),
        hasGoSum: files[below('go.sum')] !== undefined,
        vendored: vendored === undefined ? undefined : parseVendorModules(vendored),
      };
    });

const packagesOf = (files: Files, modules: readonly GoModule[]): ReadonlyMap<string, GoPackage> => {
  const packages = new Map<string, GoPackage & { files: GoFile[] }>();
  for (const [path, text] of Object.entries(files)) {
    if (!path.endsWith('.go') || path.endsWith('_test.go')) continue;
    const folder = folderOf(path);
    const module = modules
      .filter(({ dir }) => dir === '' || folder === dir || folder.startsWith(`${dir}/`))
      .sort((a, b) => b.dir.length - a.dir.length)[0];
    const root = module?.mod.path;
    const file = parseGoFile(nameOf(path), text);
    if (!module || root === undefined || !file) continue;
    const rest = folder.slice(module.dir.length).replace(/^\//, '');
    const importPath = rest === '' ? root : `${root}/${rest}`;
    const known = packages.get(importPath) ?? { importPath, module: root, dir: folder, files: [] };
    known.files.push(file);
    packages.set(importPath, known);
  }
  return packages;
};

const callersOf = ({ 'compose.yaml': compose = '' }: Files): readonly Caller[] =>
  parseCompose(compose)(new Map()).map((call) =>
    callerIn('/context', { file: '/context/compose.yaml', context: '/context', call }),
  );

/** Project facts of in-memory files, with Docker's ignore semantics. Without files nothing is known. */
export const projectOf = (files: Files | undefined, dockerfile = 'Dockerfile'): ProjectFacts => {
  if (!files) return noProject;
  const paths = Object.keys(files);
  const ignoreFile = [`${dockerfile}.dockerignore`, '.dockerignore'].find((path) => files[path] !== undefined);
  const modules = modulesOf(files);
  const work = files['go.work'];
  const workspace = work === undefined ? undefined : parseGoWork(work);
  return {
    context: {
      known: true,
      dockerfile,
      files: new Set([...paths, dockerfile]),
      folders: foldersOf(paths),
      unread: new Set(),
      ignoreFile,
      mayBeMade: parseGitIgnore(files['.gitignore'] ?? '').hides,
      ...parseIgnoreFile(ignoreFile ? (files[ignoreFile] ?? '') : ''),
    },
    modules,
    workspace: workspace ? { dir: '', go: workspace.go, uses: workspace.uses } : undefined,
    packages: packagesOf(files, modules),
    callers: callersOf(files),
  };
};
