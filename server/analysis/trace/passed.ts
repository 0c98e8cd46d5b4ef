import type { Caller } from '../caller.ts';
import type { Assignment, Dockerfile } from '../dockerfile/model.ts';
import { certain, type Known, unknown } from '../known.ts';

/** The build arguments that a build passes; undefined for a name that it leaves at its default. */
export type Passed = (name: string) => Known<string> | undefined;

export const nothingPassed: Passed = () => undefined;

/** What a caller passes, with its place as the step that made it so. */
export const passedBy = (caller: Caller): Passed => {
  const { path: file, range, name: shown, args } = caller;
  return (name) => {
    if (!args.has(name)) return undefined;
    const value = args.get(name);
    if (value === undefined) return unknown;
    const message = { template: 'The {caller} passes {name}={value}.', values: { caller: shown, name, value } };
    return certain(value, [{ file, range, message }]);
  };
};

const declared = ({ globalArgs, stages }: Dockerfile): readonly Assignment[] =>
  [...globalArgs, ...stages.flatMap(({ instructions }) => instructions)].flatMap((instruction) =>
    instruction.keyword === 'ARG' ? instruction.assignments : [],
  );

const defaultOf = ({ value }: Assignment): string | undefined => value?.raw.replace(/^(["'])(.*)\1$/, '$2');

const mostCallers = 8;

/** A build context of a stage's name takes the stage's place, for that caller alone: what it builds then is not known. */
const replacesStage = ({ contexts }: Caller, { stages }: Dockerfile): boolean =>
  [...(contexts?.keys() ?? [])].some((name) => stages.some((stage) => stage.name === name.toLowerCase()));

/** Callers that pass a known value other than the default to an argument of the file; of those that pass the same the first. */
export const differingCallers = (dockerfile: Dockerfile, callers: readonly Caller[]): readonly Caller[] => {
  if (callers.length === 0) return [];
  const all = declared(dockerfile);
  const differs = ([name, value]: readonly [string, string | undefined]): boolean =>
    value !== undefined && all.some((assignment) => assignment.name === name && defaultOf(assignment) !== value);
  const found = new Map<string, Caller>();
  for (const caller of callers) {
    if (replacesStage(caller, dockerfile)) continue;
    const passed = [...caller.args].filter(([name]) => all.some((assignment) => assignment.name === name)).sort();
    const key = JSON.stringify(passed);
    if (passed.some(differs) && !found.has(key)) found.set(key, caller);
  }
  return [...found.values()].slice(0, mostCallers);
};
