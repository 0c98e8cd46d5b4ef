import type { Reading } from '../../analysis/go/reading.ts';
import { satisfiesGoLine } from '../../analysis/go/satisfies.ts';
import { baseImage } from '../../analysis/images/base-image.ts';
import { suggestPinned } from '../../analysis/images/pinned.ts';
import { endedGo, endedSystem } from '../../analysis/images/support.ts';
import { knownValue } from '../../analysis/known.ts';
import type { StageTrace } from '../../analysis/trace/model.ts';
import { isDownload, mountOver } from '../../analysis/trace/modules.ts';
import type { FinalBase, GenerateChoices, GeneratePlan } from '../../protocol.ts';
import { builderImage, finalImage, newestGoLine } from '../images.ts';
import { layoutOf } from '../layout.ts';
import type { AuthorFlags, Recipe } from '../recipe.ts';
import { recipeOf } from '../recipe-of.ts';
import { type Author, buildInstructions } from './author.ts';
import { makesUser, needsShell } from './sort-last.ts';

const familyBase: Readonly<Record<string, FinalBase>> = {
  scratch: 'scratch',
  alpine: 'alpine',
  debian: 'debian',
  ubuntu: 'debian',
  'distroless-static': 'distroless-static',
  'distroless-base': 'distroless-base',
  'distroless-cc': 'distroless-cc',
  'chainguard-static': 'chainguard-static',
};

/** A stage of the author's own is what the last one starts from: it stays, whatever it is. */
const ownBase = ({ last, single }: Author): boolean => !single && last.base.kind === 'stage';

const usesShell = (author: Author): boolean =>
  author.last.stage.instructions.some(
    (instruction) =>
      needsShell(instruction, author) ||
      (instruction.keyword === 'RUN' && author.single && makesUser(instruction, author)),
  );

const onAlpine = (stage: StageTrace | undefined): boolean =>
  stage?.rootImage?.go?.variant.startsWith('alpine') ?? false;

/** The base of the last stage: the author's kind where there is one, else the recommended, with a shell where one is used. */
const baseOf = (author: Author, { recommended }: GeneratePlan): FinalBase => {
  const { last, single, chain } = author;
  const family = familyBase[last.rootImage?.family ?? ''];
  if (!single && family) return family;
  if (!usesShell(author)) return recommended.base;
  return onAlpine(chain[0]) && !recommended.cgo ? 'alpine' : 'debian';
};

/** The author's image, with a tag that says a version where it has none; a release that ended gives way to ours. */
const finalOf = (author: Author, base: FinalBase, today: string): string => {
  const { last, single } = author;
  const written = last.stage.from.image?.raw ?? '';
  if (single || last.base.kind !== 'image') return single || last.base.kind === 'unknown' ? finalImage(base) : written;
  const { image, reference } = last.base;
  const floats = image.ref.digest === undefined && (image.ref.tag ?? 'latest') === 'latest';
  const unpinnable = floats && image.family.startsWith('distroless');
  if (image.family === 'golang' || unpinnable || endedSystem(image, today)) return finalImage(base);
  if (image.family === 'scratch' || !floats) return written;
  const pinned = suggestPinned(image, undefined);
  return pinned ? `${reference.replace(/:latest$/, '')}:${pinned.tag}` : written;
};

/** The author's golang image while it is a supported version that compiles the module; else ours, of the same kind. */
const builderOf = (author: Author, reading: Reading, choices: GenerateChoices, today: string): string => {
  const lowest = author.chain[0];
  if (author.shared.length > 0) return lowest?.stage.from.image?.raw ?? '';
  const layout = layoutOf(reading.facts, choices.main);
  const line = newestGoLine(layout.modules.map(({ mod }) => mod.go?.version));
  const image = lowest?.base.kind === 'image' ? lowest.base.image : undefined;
  const version = image?.go?.version;
  const compiles = version && layout.modules.every(({ mod }) => satisfiesGoLine(version, mod.go?.version ?? ''));
  const fits = !choices.cgo || onAlpine(lowest) === (choices.base === 'alpine');
  const good = image?.family === 'golang' && compiles && fits && !endedGo(image, today) && !endedSystem(image, today);
  if (good) return lowest?.stage.from.image?.raw ?? '';
  if (choices.cgo || !onAlpine(lowest)) return builderImage(line, choices.cgo, choices.base);
  const alpine = `${builderImage(line, false, choices.base)}-alpine`;
  return baseImage(alpine) ? alpine : builderImage(line, false, choices.base);
};

const obsolete = /^(?:a|installsuffix|trimpath|ldflags|tags|o|C|v|x|buildvcs)$/;

/** They make the program dynamic, or need cgo: it would not start in the image, or not be built. */
const dynamic = /^(?:race|msan|asan|buildmode|linkshared)$/;

/** Flags of go build that the rewrite leaves out and that meant something. */
export const leftOutFlags = ({ binary, dockerfile }: Author): readonly string[] =>
  (binary?.command.flags ?? []).flatMap(({ name, range }) =>
    dynamic.test(name) ? [`go build ${dockerfile.source.slice(range)}`] : [],
  );

const flagsOf = ({ binary, dockerfile }: Author): AuthorFlags => {
  const flags = binary?.command.flags ?? [];
  const value = (name: string): string =>
    flags.findLast((each) => each.name === name)?.value?.raw.replace(/^(["'])([\s\S]*)\1$/, '$2') ?? '';
  // Go finds vendor/ by itself, and where there is none the flag stops it.
  const build = flags.filter(
    ({ name, value: given }) =>
      name !== '' && !obsolete.test(name) && !dynamic.test(name) && !(name === 'mod' && given?.raw === 'vendor'),
  );
  // -extldflags "-static" without -linkmode does nothing, and ours says both where they are needed.
  const linker = value('ldflags')
    .replaceAll(/\s*-(?:extldflags[= ]+(?:\\?["'].*?["']|\S+)|linkmode[= ]+\S+)/g, '')
    .trim();
  return {
    build: build.map(({ range }) => dockerfile.source.slice(range)),
    tags: value('tags')
      .split(/[\s,]+/)
      .filter((tag) => tag !== '' && tag !== 'netgo' && tag !== 'osusergo'),
    linker: linker.replaceAll('"', '\\"'),
  };
};

const rootOf = (author: Author): string => {
  const copies = author.chain.flatMap(({ copies: made }) => made);
  const copied = copies.findLast(({ from, destination }) => !from && destination.known);
  const workdir = knownValue(author.chain.at(-1)?.workdir ?? { known: false });
  const root = workdir ?? (copied ? knownValue(copied.destination) : undefined) ?? '/src';
  return root === '/' || root === '/go' ? '/src' : root.replace(/\/$/, '');
};

/** A stage below, which stays, has downloaded into its layers: a cache mount would hide what is there. */
const hasModules = ({ shared }: Author): boolean =>
  shared.some(({ goSteps }) => goSteps.some((step) => isDownload(step) && !mountOver(step, '/go/pkg/mod')));

/** The recipe of the rewrite: ours, with the author's image, folders, paths, flags and platforms in it. */
export const improvedRecipe = (author: Author, reading: Reading, planned: GeneratePlan, today: string): Recipe => {
  const base = baseOf(author, planned);
  const choices: GenerateChoices = { ...planned.recommended, base, comments: false, extras: [], port: undefined };
  const recipe = recipeOf(reading, choices);
  const [program] = recipe.programs;
  const root = rootOf(author);
  const moved = recipe.workdir.replace('/src', root);
  const output = knownValue(author.binary?.path ?? { known: false });
  const [lowest] = [...author.shared, ...author.chain];
  const fromPlatform = lowest?.stage.from.flags.some(({ value }) => value?.raw.includes('BUILDPLATFORM'));
  const crosses = !choices.cgo && (fromPlatform || author.binary?.followsTarget);
  const keepsVersions = author.binary?.command.flags.some(({ name }) => name === 'ldflags');
  const declares = buildInstructions(author).some(({ keyword }) => keyword === 'ARG');
  return {
    ...recipe,
    builder: builderOf(author, reading, choices, today),
    root,
    workdir: moved,
    copyModules: hasModules(author) ? [] : recipe.copyModules.map((line) => line.replaceAll(' /src/', ` ${root}/`)),
    platforms: crosses ? ['linux/amd64', 'linux/arm64'] : [],
    versionVariables: keepsVersions || declares ? [] : recipe.versionVariables,
    withoutCommit: false,
    authorFlags: flagsOf(author),
    programs: program
      ? [
          {
            ...program,
            final: ownBase(author) ? (author.last.stage.from.image?.raw ?? '') : finalOf(author, base, today),
            output: output !== undefined && !author.single && output !== moved ? output : program.output,
            path: author.newPath ?? program.path,
          },
        ]
      : [],
  };
};
