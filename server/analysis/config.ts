import type { Severity } from './rule.ts';

/** What the user chose, and the day: the core has no clock. */
export interface Config {
  /** Severities that differ from the rules' own, by rule id. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** ISO date of the day; without one nothing is said that depends on it. */
  readonly today?: string | undefined;
}

export const defaultConfig: Config = { rules: {} };

/** The same choices, on a day. */
export const onDay = (config: Config, day: Date): Config => ({ ...config, today: day.toISOString().slice(0, 10) });

/** What a setting or a configuration file may say of a rule; `default` is the rule's own severity. */
export type Level = Severity | 'off' | 'default';

export const levels: readonly Level[] = ['default', 'off', 'hint', 'information', 'warning', 'error'];

const isLevel = (value: unknown): value is Severity | 'off' =>
  value !== 'default' && levels.some((level) => level === value);

/** Reads settings of unknown origin (`{ rules: { id: level } }`); what is not understood is left out. */
export const parseConfig = (settings: unknown): Config => {
  const rules = typeof settings === 'object' && settings !== null && 'rules' in settings ? settings.rules : undefined;
  if (typeof rules !== 'object' || rules === null) return defaultConfig;
  const known = Object.entries(rules).filter((entry): entry is [string, Severity | 'off'] => isLevel(entry[1]));
  return { rules: Object.fromEntries(known) };
};
