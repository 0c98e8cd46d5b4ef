import { expandWord } from '../../dockerfile/expand.ts';
import type { ArgInstruction, Assignment, EnvInstruction } from '../../dockerfile/model.ts';
import { certain, type Known, step, unknown } from '../../known.ts';
import type { StageState, Walk } from '../state.ts';

/** Build arguments that BuildKit sets by itself; their values depend on the machine and on --platform. */
const automatic = /^(TARGET|BUILD)(PLATFORM|OS|ARCH|VARIANT|OSVERSION)$/;

/** Build arguments that need no ARG to be environment in RUN. */
const proxies = /^(https?|ftp|no|all)_proxy$/i;

export const isAutomatic = (name: string): boolean => automatic.test(name) || proxies.test(name);

const assigned = ({ value, nameRange, name }: Assignment, expanded: Known<string>): Known<string> =>
  expanded.known && value
    ? certain(expanded.value, [
        ...expanded.because,
        step({ start: nameRange.start, end: value.range.end }, '{name} is set to {value} here.', {
          name,
          value: expanded.value,
        }),
      ])
    : expanded;

/** ENV: every value is expanded with the environment before the instruction. */
export const traceEnv = (instruction: EnvInstruction, state: StageState, walk: Walk): void => {
  const before = state.env.view();
  for (const assignment of instruction.assignments) {
    const { name, value } = assignment;
    const expanded = value ? expandWord(value.raw, before.get, walk.dockerfile.escape) : certain('');
    state.env.set(name, assigned(assignment, expanded));
    state.setByEnv.add(name);
  }
};

const argValue = (assignment: Assignment, state: StageState, walk: Walk): Known<string> | undefined => {
  const { name, value } = assignment;
  const given = walk.passed(name);
  if (given) return given;
  if (value) return assigned(assignment, expandWord(value.raw, state.env.get, walk.dockerfile.escape));
  return walk.globalArg(name) ?? unknown;
};

/** ARG: what a caller passes counts first, then a default is taken as the value; an ARG without one may be anything. ENV of the same name wins. */
export const traceArg = (instruction: ArgInstruction, state: StageState, walk: Walk): void => {
  for (const assignment of instruction.assignments) {
    if (state.setByEnv.has(assignment.name)) continue;
    state.env.set(assignment.name, argValue(assignment, state, walk));
  }
};
