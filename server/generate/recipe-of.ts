import type { Reading } from '../analysis/go/reading.ts';
import { compareGoVersions, parseGoVersion } from '../analysis/go/version.ts';
import type { GenerateChoices } from '../protocol.ts';
import { cgoNeed } from './cgo.ts';
import { builderImage, newestGoLine } from './images.ts';
import { dirOf, joined, type Layout, layoutOf } from './layout.ts';
import { privateModules } from './private-modules.ts';
import { programsOf } from './programs.ts';
import { copyLine, type NamedContext, noAuthorFlags, type Recipe } from './recipe.ts';
import { systemPackages } from './system-packages.ts';
import { webStage } from './web.ts';

const root = '/src';

const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/');

/** One COPY for each folder with a go.mod or go.work. */
const copyModules = ({ moduleFiles, dir, vendored, hasRequires }: Layout): readonly string[] => {
  if (vendored || !hasRequires) return [];
  const folders = [...new Set(moduleFiles.map(folderOf))];
  return folders.map((folder) => {
    const files = moduleFiles.filter((path) => folderOf(path) === folder);
    const below = folder === '' ? './' : `./${folder}/`;
    return copyLine(files, dir === '' ? below : `${joined(root, folder)}/`);
  });
};

const saysVendor = ({ vendored, module }: Layout): boolean => {
  const line = parseGoVersion(module?.mod.go?.version ?? '');
  const floor = { major: 1, minor: 14, patch: undefined, pre: undefined };
  return vendored && (!line || compareGoVersions(line, floor) < 0);
};

/** Where a folder outside the context lies in the build stage: `../` above its root is nothing, as in any path. */
const targetOf = (from: string, folder: string): string => {
  const parts = folder.startsWith('/')
    ? []
    : joined(root, from)
        .split('/')
        .filter((part) => part !== '');
  for (const part of folder.split(/[/\\]/)) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `/${parts.join('/')}`;
};

const taken = new Set(['build', 'test', 'debug', 'web']);

const namedContexts = ({ outside }: Layout): readonly NamedContext[] =>
  outside.map(({ folder, from }) => {
    const last =
      folder
        .split(/[/\\]/)
        .at(-1)
        ?.toLowerCase()
        .replace(/[^a-z0-9_-]+/g, '-') || 'module';
    return { name: taken.has(last) ? `${last}-module` : last, folder, target: targetOf(from, folder) };
  });

const goLineOf = ({ modules, workspace }: Layout, { facts }: Reading) => {
  const goLines = [...modules.map(({ mod }) => mod.go), workspace ? facts.workspace?.go : undefined];
  return newestGoLine(goLines.map((line) => line?.version));
};

/** The golang image that compiles the chosen program. */
export const builderOf = (
  reading: Reading,
  layout: Layout,
  { cgo, base }: Pick<GenerateChoices, 'cgo' | 'base'>,
): string => builderImage(goLineOf(layout, reading), cgo, base);

/** Everything that the chosen Dockerfile consists of. */
export const recipeOf = (reading: Reading, choices: GenerateChoices): Recipe => {
  const layout = layoutOf(reading.facts, choices.main);
  const mains = [choices.main, ...choices.others];
  const wants = (extra: GenerateChoices['extras'][number]): boolean => choices.extras.includes(extra);
  const packages = systemPackages(reading, layout.main, choices);
  const versions = mains.flatMap((main) => reading.signals(dirOf(main)).versionVariable ?? []);
  const { patterns } = privateModules(reading, layout);
  return {
    base: choices.base,
    builder: builderOf(reading, layout, choices),
    cgo: choices.cgo,
    cxx: choices.cgo && (cgoNeed(reading.facts, layout.main)?.cxx ?? false),
    buildPackages: packages.build,
    workdir: joined(root, layout.dir).replace(/\/$/, ''),
    root,
    copyModules: copyModules(layout),
    namedContexts: namedContexts(layout),
    vendored: layout.vendored,
    saysVendor: saysVendor(layout),
    credentials: patterns.length > 0 ? choices.credentials : 'none',
    goPrivate: patterns,
    cache: choices.cache,
    platforms: choices.cgo ? [] : choices.platforms,
    emulated: choices.cgo ? choices.platforms : [],
    comments: choices.comments,
    language: choices.language,
    versionVariables: [...new Set(versions)],
    withoutCommit: versions.length === 0 && mains.some((main) => reading.signals(dirOf(main)).readsBuildInfo),
    authorFlags: noAuthorFlags,
    upx: wants('upx'),
    reproducible: wants('reproducible'),
    test: wants('test') ? testOperand(layout) : undefined,
    debug: wants('debug'),
    web: wants('web') ? webStage(reading, choices.main) : undefined,
    programs: programsOf(reading, choices, packages.run),
  };
};

/** All packages of the program's module; from the folder of a workspace `./...` names none. */
const testOperand = ({ module, dir, workspace }: Layout): string => {
  const below = module?.dir.slice(dir === '' ? 0 : dir.length + 1) ?? '';
  return workspace && below !== '' ? `./${below}/...` : './...';
};
