import { onAlpine, type Recipe } from './recipe.ts';

const moduleCache = '--mount=type=cache,target=/go/pkg/mod';
const buildCache = '--mount=type=cache,target=/root/.cache/go-build';

/** A RUN over several lines: its mounts, then commands that follow one another. */
export const runLines = (mounts: readonly string[], commands: readonly string[]): readonly string[] => {
  const last = commands.length - 1;
  const body = commands.map((command, at) => (at === last ? command : `${command} && \\`));
  const all = [...mounts.map((mount) => `${mount} \\`), ...body];
  return all.map((line, at) => `${at === 0 ? 'RUN ' : '    '}${line}`);
};

/** The file or agent that lets go fetch private modules. */
const credentialMounts = ({ credentials }: Recipe): readonly string[] => {
  if (credentials === 'netrc') return ['--mount=type=secret,id=netrc,target=/root/.netrc,required=true'];
  return credentials === 'ssh' ? ['--mount=type=ssh,required=true'] : [];
};

const downloads = ({ copyModules }: Recipe): boolean => copyModules.length > 0;

/** Of the step that downloads. */
export const downloadMounts = (recipe: Recipe): readonly string[] => [
  ...credentialMounts(recipe),
  ...(recipe.cache === 'mounts' ? [moduleCache] : []),
];

/** Of every step that compiles: a module cache that was cleared is filled again, private modules included. */
export const compileMounts = (recipe: Recipe): readonly string[] => {
  if (recipe.cache === 'layers') return [];
  return downloads(recipe) ? [...credentialMounts(recipe), moduleCache, buildCache] : [buildCache];
};

/** Installs packages with whatever the image has. */
export const installLines = (alpine: boolean, packages: readonly string[]): readonly string[] | undefined => {
  if (packages.length === 0) return undefined;
  if (alpine) return [`RUN apk add --no-cache ${packages.join(' ')}`];
  const install = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  return runLines([], ['apt-get update', install, 'rm -rf /var/lib/apt/lists/*']);
};

/** Of the first stage: an Alpine has no C compiler, and none of both can pack. */
export const builderPackages = (recipe: Recipe): readonly string[] => {
  const { cgo, cxx, buildPackages, upx, credentials } = recipe;
  const alpine = onAlpine(recipe);
  return [
    ...(cgo && alpine ? [cxx ? 'g++' : 'gcc', 'musl-dev'] : []),
    ...(credentials !== 'none' && alpine ? ['git', 'openssh-client'] : []),
    ...buildPackages,
    ...(upx ? [alpine ? 'upx' : 'upx-ucl'] : []),
  ];
};
