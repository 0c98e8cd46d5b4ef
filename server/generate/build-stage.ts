import { commentsIn } from './comments.ts';
import { buildCommands, targetArguments } from './go-build.ts';
import { copyLine, linksAll, onAlpine, type Recipe } from './recipe.ts';
import { treeCommands } from './root-tree.ts';
import { builderPackages, compileMounts, downloadMounts, installLines, runLines } from './run-lines.ts';
import { lines } from './text.ts';

const when = <T>(condition: boolean, value: T): T | undefined => (condition ? value : undefined);

/** The step that downloads; undefined when nothing is downloaded. */
export const downloadLines = (recipe: Recipe): readonly string[] | undefined =>
  when(recipe.copyModules.length > 0, runLines(downloadMounts(recipe), ['go mod download']));

const hostsOf = ({ goPrivate }: Recipe): readonly string[] => [
  ...new Set(goPrivate.map((pattern) => pattern.split('/')[0] ?? '').filter((host) => /^[\w.-]+$/.test(host))),
];

/** git asks over ssh instead, and knows the hosts. */
const sshSetup = (recipe: Recipe): readonly string[] | undefined => {
  if (recipe.credentials !== 'ssh') return undefined;
  const hosts = hostsOf(recipe);
  const rewrite = hosts.map((host) => `git config --global url."ssh://git@${host}/".insteadOf "https://${host}/"`);
  return runLines(
    [],
    ['mkdir -p -m 0700 /root/.ssh', `ssh-keyscan ${hosts.join(' ')} >> /root/.ssh/known_hosts`, ...rewrite],
  );
};

const why = (recipe: Recipe) => {
  const { cgo, base } = recipe;
  if (linksAll(recipe)) return 'linksC';
  if (cgo) return 'sameC';
  return base === 'scratch' || base.endsWith('-static') ? 'staticAlone' : 'staticAnywhere';
};

/** Our own rules advise against what was asked for; where no comments are wanted they may say so. */
const ignores = ({ cache, upx, comments }: Recipe): readonly string[] => {
  if (!comments) return [];
  const ids = [...(cache === 'layers' ? ['prefer-cache-mounts'] : []), ...(upx ? ['no-upx'] : [])];
  return ids.length > 0 ? [`# go-dockerfile ignore=${ids.join(',')}`] : [];
};

/** The step that compiles. */
export const compileLines = (recipe: Recipe): readonly string[] => {
  const { upx, programs } = recipe;
  const run = runLines(compileMounts(recipe), [
    ...buildCommands(recipe),
    ...(upx ? [`upx -9 ${programs.map(({ output }) => output).join(' ')}`] : []),
    ...treeCommands(recipe),
  ]);
  return [...ignores(recipe), ...run];
};

const webStage = (recipe: Recipe): string | undefined => {
  const { web, root, platforms } = recipe;
  if (!web) return undefined;
  const says = commentsIn(recipe.language, recipe.comments);
  const { dir, manager, lockFile, settings } = web;
  const below = dir === '' ? '' : `${dir}/`;
  const install = {
    npm: lockFile ? 'npm ci' : 'npm install',
    pnpm: 'pnpm install --frozen-lockfile',
    yarn: 'yarn install --frozen-lockfile',
  };
  return lines`
    ${says('web')}
    FROM ${platforms.length > 0 ? '--platform=$BUILDPLATFORM ' : ''}node:24-alpine AS web
    WORKDIR ${dir === '' ? root : `${root}/${dir}`}
    ${when(manager !== 'npm', 'RUN corepack enable')}
    ${copyLine(
      ['package.json', ...(lockFile ? [lockFile] : []), ...(settings?.files ?? [])].map((name) => `${below}${name}`),
      './',
    )}
    ${(settings?.folders ?? []).map((name) => copyLine([`${below}${name}`], `./${name}/`))}
    RUN ${install[manager]}
    ${copyLine([dir === '' ? '.' : below], './')}
    RUN ${manager} run build
  `;
};

/** The stage that compiles, with the one before it that makes what is embedded. */
export const buildStage = (recipe: Recipe): readonly string[] => {
  const says = commentsIn(recipe.language, recipe.comments);
  const { builder, platforms, copyModules, namedContexts, versionVariables, programs, base, root, web } = recipe;
  const needsTemp = !recipe.reproducible && programs.some(({ temp }) => temp);
  const needsEntry = !recipe.reproducible && base === 'scratch' && programs.some(({ passwd }) => passwd);
  const output = `${root}/${web?.output ?? ''}`;
  const text = lines`
    ${says('crossCompiles', platforms.length > 0)}
    ${says('emulated', recipe.emulated.length > 0)}
    FROM ${platforms.length > 0 ? '--platform=$BUILDPLATFORM ' : ''}${builder} AS build
    ${says('buildPackages', recipe.buildPackages.length > 0)}
    ${installLines(onAlpine(recipe), builderPackages(recipe))}
    ${when(recipe.credentials !== 'none', `ENV GOPRIVATE=${recipe.goPrivate.join(',')}`)}
    ${sshSetup(recipe)}
    WORKDIR ${recipe.workdir}

    ${namedContexts.flatMap(({ name, folder, target }) => [
      ...[says('namedContext', copyModules.length > 0, { name, folder }) ?? []].flat(),
      ...(copyModules.length > 0 ? [copyLine(['go.mod'], `${target}/`, `--from=${name}`)] : []),
    ])}
    ${says('modulesFirst', copyModules.length > 0)}
    ${copyModules}
    ${says('netrc', recipe.credentials === 'netrc')}
    ${says('ssh', recipe.credentials === 'ssh')}
    ${downloadLines(recipe)}

    ${namedContexts.flatMap(({ name, folder, target }) => [
      ...[says('namedContext', copyModules.length === 0, { name, folder }) ?? []].flat(),
      copyLine(['.'], target, `--from=${name}`),
    ])}
    ${says('vendored', recipe.vendored)}
    ${copyLine(['.'], root === recipe.workdir ? '.' : root)}
    ${web && copyLine([output], output, '--from=web')}
    ${targetArguments(recipe)}
    ${when(versionVariables.length > 0, 'ARG VERSION=dev')}
    ${when(recipe.reproducible, 'ARG SOURCE_DATE_EPOCH=0')}
    ${says(why(recipe))}
    ${says('withoutCommit', recipe.withoutCommit)}
    ${says('upx', recipe.upx)}
    ${says('reproducible', recipe.reproducible)}
    ${compileLines(recipe)}
    ${when(needsTemp, 'RUN mkdir -p /out/tmp')}
    ${when(needsEntry, "RUN echo 'nonroot:x:65532:65532::/:/sbin/nologin' > /out/passwd")}
  `;
  const made = webStage(recipe);
  return made === undefined ? [text] : [made, text];
};
