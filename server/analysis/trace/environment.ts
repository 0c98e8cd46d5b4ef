import { certain, type Known, unknown } from '../known.ts';
import type { Environment } from './model.ts';

interface Change {
  readonly at: number;
  readonly value: Known<string> | undefined;
}

/** The variables of one stage while it is walked; `view()` is the environment as it stands now and stays so. */
export interface Variables {
  get(name: string): Known<string> | undefined;
  /** `undefined` unsets. */
  set(name: string, value: Known<string> | undefined): void;
  /** From here on any variable may be set. */
  openUp(): void;
  view(): Environment;
}

/** Every change is kept with its time, so that a view costs nothing and stays true. */
export const createVariables = (parent: Environment): Variables => {
  const history = new Map<string, Change[]>();
  let clock = 0;
  let openedAt = Number.POSITIVE_INFINITY;

  const getAt = (name: string, time: number): Known<string> | undefined => {
    const change = history.get(name)?.findLast(({ at }) => at <= time);
    if (change && (openedAt > time || change.at > openedAt)) return change.value;
    return openedAt <= time ? unknown : parent.get(name);
  };
  return {
    get: (name) => getAt(name, clock),
    set(name, value) {
      clock += 1;
      const changes = history.get(name) ?? [];
      changes.push({ at: clock, value });
      history.set(name, changes);
    },
    openUp() {
      clock += 1;
      openedAt = Math.min(openedAt, clock);
    },
    view() {
      const time = clock;
      return { get: (name) => getAt(name, time) };
    },
  };
};

/** An environment of fixed values; any other variable is surely unset. */
export const closedEnvironment = (values: Readonly<Record<string, string>>): Environment => ({
  get: (name) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined ? undefined : certain(value);
  },
});

/** An environment of which only `values` are known. */
export const openEnvironment = (values: Readonly<Record<string, string>> = {}): Environment => ({
  get: (name) => closedEnvironment(values).get(name) ?? unknown,
});
