import { type BuildNeeds, buildNeeds } from '../analysis/build-needs.ts';
import type { Caller } from '../analysis/caller.ts';
import type { Dockerfile } from '../analysis/dockerfile/model.ts';
import type { BuildChoices, BuildOptions, BuildQuestion } from '../protocol.ts';

/** What the file needs and the options do not say: each thing is asked for once. */
export function openQuestions(dockerfile: Dockerfile, options: BuildOptions): readonly BuildQuestion[] {
  const { args, secrets, ssh } = buildNeeds(dockerfile);
  const questions: readonly BuildQuestion[] = [
    ...args.filter(({ asked }) => asked).map(({ name }) => ({ kind: 'arg' as const, name, required: false })),
    ...secrets.map(({ id, required }) => ({ kind: 'secret' as const, name: id, required })),
    ...ssh.map((name) => ({ kind: 'ssh' as const, name, required: false })),
  ];
  return questions.filter((question) => !isAnswered(question, options));
}

function isAnswered({ kind, name }: BuildQuestion, options: BuildOptions): boolean {
  if (options.answered?.includes(`${kind}:${name}`)) return true;
  if (kind === 'arg') return Object.hasOwn(options.buildArgs ?? {}, name);
  if (kind === 'secret') return options.secrets?.some(({ id }) => id === name) ?? false;
  return options.ssh?.some((agent) => agent.split('=', 1)[0] === name) ?? false;
}

/** What can be chosen for a file in these contexts. */
export function choicesOf(
  dockerfile: Dockerfile,
  contexts: readonly string[],
  callers: readonly Caller[],
): BuildChoices {
  const { targets, args, secrets, ssh }: BuildNeeds = buildNeeds(dockerfile);
  return {
    targets,
    args: args.map(({ name, value }) => ({ name, value })),
    secrets: secrets.map(({ id }) => id),
    ssh,
    contexts,
    ready: callers.map((caller) => ({ name: caller.name, options: optionsOf(caller) })),
  };
}

/** What a caller is sure to say; a platform of several is chosen by whoever builds. */
function optionsOf({ args, target, platforms }: Caller): BuildOptions {
  const known = [...args].filter((arg): arg is [string, string] => arg[1] !== undefined);
  const [platform, ...others] = platforms;
  return {
    ...(target === undefined ? {} : { target }),
    ...(platform === undefined || others.length > 0 ? {} : { platform }),
    ...(known.length > 0 && { buildArgs: Object.fromEntries(known) }),
  };
}
