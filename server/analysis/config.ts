import type { Severity } from './rule.ts';

/** Severities that differ from the rules' own, by rule id. */
export interface Config {
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
}

export const defaultConfig: Config = { rules: {} };

const levels: readonly string[] = ['off', 'hint', 'information', 'warning', 'error'];

const isLevel = (value: unknown): value is Severity | 'off' => typeof value === 'string' && levels.includes(value);

/** Reads settings of unknown origin (`{ rules: { id: level } }`); what is not understood is left out. */
export const parseConfig = (settings: unknown): Config => {
  const rules = typeof settings === 'object' && settings !== null && 'rules' in settings ? settings.rules : undefined;
  if (typeof rules !== 'object' || rules === null) return defaultConfig;
  const known = Object.entries(rules).filter((entry): entry is [string, Severity | 'off'] => isLevel(entry[1]));
  return { rules: Object.fromEntries(known) };
};
