import type { ProjectFacts } from '../analysis/go/project-facts.ts';
import type { ProgramSignals } from '../analysis/go/project-signals.ts';
import { compareGoVersions, parseGoVersion } from '../analysis/go/version.ts';
import type { Tri } from '../analysis/known.ts';
import type { FinalBase, GenerateChoices, GeneratedFiles } from '../protocol.ts';
import { cgoNeed, looksUpUsers } from './cgo.ts';
import { dockerfileText } from './dockerfile-text.ts';
import { dockerignoreText } from './dockerignore.ts';
import { builderImage, finalFacts, finalImage, newestGoLine } from './images.ts';
import { joined, type Layout, layoutOf } from './layout.ts';
import { runtimeFiles } from './needs.ts';
import { copyLine, type Recipe } from './recipe.ts';

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

/** The last element of the package's import path that is no version, as `go build` names it. */
const programName = ({ main, module }: Layout): string => {
  const parts = (main?.importPath ?? module?.mod.path ?? '').split('/');
  const last = parts.findLast((part, at) => at === 0 || !/^v\d+$/.test(part)) ?? '';
  return last.replace(/[^\w.-]+/g, '-').replace(/^[-.]+|-+$/g, '') || 'app';
};

const saysVendor = ({ vendored, module }: Layout): boolean => {
  const line = parseGoVersion(module?.mod.go?.version ?? '');
  const floor = { major: 1, minor: 14, patch: undefined, pre: undefined };
  return vendored && (!line || compareGoVersions(line, floor) < 0);
};

type Copied = Pick<Recipe, 'certificates' | 'zones' | 'passwd' | 'temp'>;

/** What the program needs at run time and the last stage does not have. */
const copied = (facts: ProjectFacts, signals: ProgramSignals, base: FinalBase, { main }: Layout): Copied => {
  const last = finalFacts(base);
  const unless = (there: boolean, needed: Tri): Tri => (there ? 'no' : needed);
  return {
    certificates: unless(last?.caBundle === 'yes', signals.outboundTls),
    zones: unless(last?.zoneinfo === 'yes' || signals.embedsZones, signals.timeZones),
    passwd: !base.startsWith('distroless') && looksUpUsers(facts, main),
    temp: signals.tempFiles !== 'no' && base === 'scratch',
  };
};

const recipeOf = (facts: ProjectFacts, signals: ProgramSignals, choices: GenerateChoices): Recipe => {
  const layout = layoutOf(facts, choices.main);
  const cxx = choices.cgo && (cgoNeed(facts, layout.main)?.cxx ?? false);
  const goLines = [...layout.modules.map(({ mod }) => mod.go), layout.workspace ? facts.workspace?.go : undefined];
  return {
    base: choices.base,
    builder: builderImage(newestGoLine(goLines.map((line) => line?.version)), choices.cgo, choices.base),
    final: finalImage(choices.base, cxx),
    cgo: choices.cgo,
    cxx,
    workdir: joined(root, layout.dir).replace(/\/$/, ''),
    root,
    copyModules: copyModules(layout),
    outside: layout.outside,
    vendored: layout.vendored,
    saysVendor: saysVendor(layout),
    operand: layout.operand,
    name: programName(layout),
    cache: choices.cache,
    crossPlatform: choices.crossPlatform && !choices.cgo,
    comments: choices.comments,
    versionVariable: signals.versionVariable,
    ...copied(facts, signals, choices.base, layout),
    runtimeFiles: runtimeFiles(facts, signals),
    port: choices.port === undefined ? undefined : String(choices.port),
  };
};

/** What the build reads, so that no pattern may hide it. */
const needed = (facts: ProjectFacts, layout: Layout): readonly string[] => [
  ...layout.moduleFiles,
  ...[...facts.packages.values()].flatMap(({ dir, files }) =>
    dir === undefined ? [] : files.map(({ name }) => joined(dir, name)),
  ),
  ...(layout.vendored ? [joined(layout.dir, 'vendor/modules.txt')] : []),
];

/** Dockerfile and .dockerignore for a program; pure, writes nothing. Cross-platform is ignored with cgo: C needs a compiler for each platform. */
export const generate = (facts: ProjectFacts, signals: ProgramSignals, choices: GenerateChoices): GeneratedFiles => ({
  dockerfile: dockerfileText(recipeOf(facts, signals, choices)),
  dockerignore: dockerignoreText(
    needed(facts, layoutOf(facts, choices.main)),
    [...signals.embeds, ...runtimeFiles(facts, signals)],
    choices.comments,
  ),
});
