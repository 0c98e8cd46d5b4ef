import { closureOf } from '../go/closures.ts';
import { knownValue, unknown } from '../known.ts';
import type { Subject } from '../rule.ts';
import type { GoBinary, GoStep } from './model.ts';

/** Whether a program imports a package of a module that is fetched. */
export const importsRequired = ({ package: main, flags, module }: GoBinary, { project }: Subject): boolean => {
  const local = new Set(module?.mod.replaces.filter(({ folder }) => folder !== undefined).map(({ path }) => path));
  const required = module?.mod.requires.filter(({ path }) => !local.has(path)).map(({ path }) => `${path}/`) ?? [];
  const closure = main.known ? closureOf(project, main.value, flags.tags, true) : undefined;
  return [...(closure?.reached ?? [])].some((path) => required.some((each) => `${path}/`.startsWith(each)));
};

/** Why a go command can surely not fetch modules; undefined where it may. */
export const noFetching = ({ env, run, module, toolchain }: GoStep): string | undefined => {
  if (knownValue(env.get('GOPROXY') ?? unknown) === 'off') return 'GOPROXY=off';
  const network = run.flags.find(({ name }) => name === 'network')?.value?.raw;
  if (network === 'none') return '--network=none';
  return module?.hasGoSum === false && (toolchain?.minor ?? 16) >= 16 ? 'there is no go.sum' : undefined;
};
