import type { Dockerfile, Instruction } from './dockerfile/model.ts';

/** A build argument of a Dockerfile. */
export interface NeededArg {
  readonly name: string;
  /** Undefined without a default. */
  readonly value: string | undefined;
  /** It has no default, and something uses it. */
  readonly asked: boolean;
}

/** What the builder of a Dockerfile may be told; each thing once, in the order of the text. */
export interface BuildNeeds {
  /** Names of the stages. */
  readonly targets: readonly string[];
  readonly args: readonly NeededArg[];
  readonly secrets: readonly { readonly id: string; readonly required: boolean }[];
  /** Ids of `--mount=type=ssh`. */
  readonly ssh: readonly string[];
}

/** BuildKit gives these a value by itself. */
const predefined =
  /^(?:(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT|STAGE)|(?:HTTPS?|FTP|NO|ALL)_PROXY|(?:https?|ftp|no|all)_proxy|SOURCE_DATE_EPOCH|BUILDKIT_\w+)$/;

/** Whether `$NAME` or `${NAME}` stands in a text, without a default of its own (`${NAME:-x}`). */
const uses = (text: string, name: string): boolean =>
  new RegExp(`\\$(?:${name}\\b|\\{${name}(?:\\}|[#%/]))`).test(text);

/** Reads what a build needs to be told. Never throws on any text. */
export const buildNeeds = (dockerfile: Dockerfile): BuildNeeds => {
  const { globalArgs, stages } = dockerfile;
  const instructions = [...globalArgs, ...stages.flatMap(({ from, instructions: own }) => [from, ...own])];
  const runs = instructions.filter((one) => one.keyword === 'RUN');
  const mounts = runs.flatMap((run) => run.mounts.map((mount) => ({ mount, text: mount.range })));
  const secrets = mounts
    .filter(({ mount }) => mount.type === 'secret')
    .map(({ mount, text }) => ({
      id: mount.id?.raw ?? mount.target?.raw.split('/').at(-1) ?? '',
      required: /\brequired(?:=true)?(?=,|$)/.test(dockerfile.source.slice(text)),
    }));
  const ssh = mounts.filter(({ mount }) => mount.type === 'ssh').map(({ mount }) => mount.id?.raw ?? 'default');
  return {
    targets: [...new Set(stages.flatMap(({ name }) => name ?? []))],
    args: argsOf(dockerfile, instructions),
    secrets: [...new Map(secrets.filter(({ id }) => id).map((secret) => [secret.id, secret])).values()],
    ssh: [...new Set(ssh)],
  };
};

function argsOf({ source }: Dockerfile, instructions: readonly Instruction[]): readonly NeededArg[] {
  const declared = instructions
    .filter((one) => one.keyword === 'ARG')
    .flatMap(({ assignments }) => assignments)
    .filter(({ name }) => !predefined.test(name));
  // What is set once holds: an ARG of a stage repeats the default of the one above the first FROM.
  const values = new Map<string, string | undefined>();
  for (const { name, value } of declared) values.set(name, values.get(name) ?? value?.raw);
  const others = instructions.filter(({ keyword }) => keyword !== 'ARG').map(({ range }) => source.slice(range));
  return [...values].map(([name, value]) => ({
    name,
    value,
    asked: value === undefined && others.some((text) => uses(text, name)),
  }));
}
