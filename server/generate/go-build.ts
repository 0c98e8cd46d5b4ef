import { linksAll, type Program, type Recipe, shellWord } from './recipe.ts';

/** Environment of the go command, in front of it. */
const environment = ({ cgo, platforms }: Recipe): string => {
  const arm = platforms.some((platform) => /^linux\/arm\//.test(platform)) ? ['GOARM=${TARGETVARIANT#v}'] : [];
  const target = platforms.length > 0 ? ['GOOS=$TARGETOS', 'GOARCH=$TARGETARCH', ...arm] : [];
  return [`CGO_ENABLED=${cgo ? '1' : '0'}`, ...target].join(' ');
};

/** The automatic arguments that {@link environment} reads; undefined when it reads none. */
export const targetArguments = ({ platforms }: Recipe): string | undefined => {
  if (platforms.length === 0) return undefined;
  const arm = platforms.some((platform) => /^linux\/arm\//.test(platform));
  return `ARG TARGETOS TARGETARCH${arm ? ' TARGETVARIANT' : ''}`;
};

const linkerFlags = (recipe: Recipe): string => {
  const { reproducible, versionVariables } = recipe;
  const external = linksAll(recipe) ? ["-linkmode external -extldflags '-static'"] : [];
  const versions = versionVariables.map((name) => `-X ${name}=$VERSION`);
  const author = recipe.authorFlags.linker;
  const strip = /(?:^|\s)-s(?:\s|$)/.test(author) ? [] : ['-s -w'];
  return [...strip, ...(reproducible ? ['-buildid='] : []), ...external, author, ...versions].filter(Boolean).join(' ');
};

const flags = (recipe: Recipe): string => {
  const { build, tags: ofAuthor } = recipe.authorFlags;
  const names = [...new Set([...(linksAll(recipe) ? ['netgo', 'osusergo'] : []), ...ofAuthor])];
  const tags = names.length > 0 ? [`-tags=${names.join(',')}`] : [];
  const stamp = recipe.reproducible || recipe.withoutCommit ? ['-buildvcs=false'] : [];
  const mod = recipe.saysVendor ? ['-mod=vendor'] : [];
  return [...mod, ...tags, ...build, '-trimpath', ...stamp, `-ldflags="${linkerFlags(recipe)}"`].join(' ');
};

/** The name that `go build -o DIR/` gives a program. */
const goName = ({ operand, name }: Program): string => operand.split('/').at(-1)?.replace(/^\.$/, name) ?? name;

/** Whether one command can write them all: their names are the ones that go gives. */
const together = ({ programs }: Recipe): boolean =>
  programs.length > 1 && programs.every((program) => goName(program) === program.name && !/^v\d+$/.test(program.name));

/** The commands that compile every program into /out. */
export const buildCommands = (recipe: Recipe): readonly string[] => {
  const start = `${environment(recipe)} go build ${flags(recipe)}`;
  const operand = (program: Program): string => shellWord(program.operand);
  if (together(recipe)) return [`${start} -o /out/ ${recipe.programs.map(operand).join(' ')}`];
  return recipe.programs.map((program) => `${start} -o ${shellWord(program.output)} ${operand(program)}`);
};
