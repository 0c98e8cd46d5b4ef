import { type Program, type Recipe, shellWord } from './recipe.ts';

const certificateFile = '/etc/ssl/certs/ca-certificates.crt';
const zoneFile = '/usr/local/go/lib/time/zoneinfo.zip';

/**
 * Where the files of an image are put together in the build stage: COPY gives the folders that it makes the time of the
 * build, and keeps the times of those that it copies.
 */
export const rootOf = ({ programs }: Pick<Recipe, 'programs'>, { name }: Pick<Program, 'name'>): string =>
  programs.length > 1 ? `/rootfs/${name}` : '/rootfs';

const placed = (from: string, to: string, mode: string): string =>
  `install -D -m ${mode} ${shellWord(from)} ${shellWord(to)}`;

const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/');

const filesOf = (recipe: Recipe, program: Program): readonly string[] => {
  const root = rootOf(recipe, program);
  const { certificates, zones, temp, passwd, runtimeFiles, output, path } = program;
  return [
    placed(output, `${root}${path}`, '755'),
    ...(certificates === 'no' ? [] : [placed(certificateFile, `${root}${certificateFile}`, '644')]),
    ...(zones === 'no' ? [] : [placed(zoneFile, `${root}/usr/local/share/zoneinfo.zip`, '644')]),
    ...(temp ? [`install -d -m 1777 -o 65532 -g 65532 ${root}/tmp`] : []),
    ...(passwd && recipe.base === 'scratch'
      ? [`install -d ${root}/etc`, `echo 'nonroot:x:65532:65532::/:/sbin/nologin' > ${root}/etc/passwd`]
      : []),
    ...runtimeFiles.flatMap((file) => [
      `install -d ${shellWord(`${root}/app/${folderOf(file)}`.replace(/\/$/, ''))}`,
      `cp -R ${shellWord(`${recipe.root}/${file}`)} ${shellWord(`${root}/app/${file}`)}`,
    ]),
  ];
};

/** The commands after go build that put every image together and give all of it one time. */
export const treeCommands = (recipe: Recipe): readonly string[] =>
  recipe.reproducible
    ? [
        ...recipe.programs.flatMap((program) => filesOf(recipe, program)),
        'find /rootfs -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +',
      ]
    : [];
