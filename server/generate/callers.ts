import type { Caller } from '../analysis/caller.ts';
import type { ProjectFacts } from '../analysis/go/project-facts.ts';

/** Build arguments that a file of ours may declare. */
const declared = new Set(['VERSION', 'SOURCE_DATE_EPOCH', 'BUILDKIT_INLINE_CACHE']);

/** The platforms that compose files, Bake files and workflows build for; empty when they ask for none. */
export const askedPlatforms = ({ callers = [] }: ProjectFacts): readonly string[] => {
  const all = callers
    .flatMap(({ platforms }) => platforms)
    .filter((platform) => /^linux\/[a-z0-9]+(?:\/v\d)?$/.test(platform));
  return [...new Set(all)];
};

const said = ({ path, name, platforms, target, args }: Caller): readonly string[] => {
  // The name says the file's own: once is enough.
  const who = `${path}, ${name.replace(` of ${path.split('/').at(-1)}`, '')},`;
  const unknown = [...args.keys()].filter((arg) => !declared.has(arg));
  return [
    ...(platforms.length > 0 ? [`${who} builds it for ${platforms.join(', ')}.`] : []),
    ...(target === undefined ? [] : [`${who} asks for the target ${target}: see that it is there.`]),
    ...(unknown.length > 0 ? [`${who} passes ${unknown.join(', ')}, which the new file does not declare.`] : []),
  ];
};

/** One line for each thing that the files which build this context expect of it. */
export const callerFindings = ({ callers = [] }: ProjectFacts): readonly string[] => [
  ...new Set(callers.flatMap(said)),
];
