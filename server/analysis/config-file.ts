import type { Range } from 'vscode-languageserver-types';
import { type Config, type Level, levels } from './config.ts';
import type { DataNode } from './data-node.ts';
import { type Message, message } from './known.ts';
import { nearest } from './nearest.ts';
import { rules } from './rules/index.ts';

/** What is wrong in a configuration file; the rest of it counts. */
export interface ConfigProblem {
  readonly range: Range;
  readonly message: Message;
}

export interface ConfigReading {
  readonly rules: Readonly<Record<string, Level>>;
  readonly problems: readonly ConfigProblem[];
}

/** Names of configuration files, the first of a folder counts. */
export const configNames = ['.go-dockerfile.json', '.go-dockerfile.yaml', '.go-dockerfile.yml'] as const;

/** Whether a path or a URI ends with such a name. */
export const isConfigFile = (path: string): boolean => configNames.some((name) => /[^/\\]*$/.exec(path)?.[0] === name);

const ids = rules.map(({ id }) => id);

const keys = ['rules', '$schema'];

const unknownName = (sentence: string, name: string, names: readonly string[]): Message => {
  const meant = nearest(name, names);
  return meant === undefined
    ? message(`${sentence}.`, { name })
    : message(`${sentence}, did you mean "{meant}"?`, { name, meant });
};

const shown = (node: DataNode): string => (node.kind === 'text' ? `"${node.text}"` : 'this');

const levelProblem = (node: DataNode, id: string): Message => {
  const allowed = levels.join(', ');
  const meant = node.kind === 'text' ? nearest(node.text.toLowerCase(), levels) : undefined;
  const values = { id, value: shown(node), allowed };
  return meant === undefined
    ? message('The severity of {id} is one of {allowed}, not {value}.', values)
    : message('The severity of {id} is one of {allowed}, not {value}: did you mean "{meant}"?', { ...values, meant });
};

const isLevel = (text: string): text is Level => levels.some((level) => level === text);

const rulesOf = (node: DataNode): ConfigReading => {
  if (node.kind !== 'map') {
    return {
      rules: {},
      problems: [{ range: node.range, message: message('"rules" maps ids of rules to severities.') }],
    };
  }
  const found: Record<string, Level> = {};
  const problems: ConfigProblem[] = [];
  for (const { key, keyRange, value } of node.entries) {
    if (!ids.includes(key)) {
      problems.push({ range: keyRange, message: unknownName('There is no rule "{name}"', key, ids) });
    } else if (value.kind === 'text' && value.type === 'string' && isLevel(value.text)) found[key] = value.text;
    else problems.push({ range: value.range, message: levelProblem(value, key) });
  }
  return { rules: found, problems };
};

/** What a configuration file says; undefined for an empty one. Never throws. */
export const readConfig = (root: DataNode | undefined): ConfigReading => {
  if (!root) return { rules: {}, problems: [] };
  if (root.kind !== 'map') {
    const text = message('A configuration is { "rules": { "rule-id": "severity" } }.');
    return { rules: {}, problems: [{ range: root.range, message: text }] };
  }
  const readings = root.entries.map(({ key, keyRange, value }): ConfigReading => {
    if (key === 'rules') return rulesOf(value);
    if (keys.includes(key)) return { rules: {}, problems: [] };
    const text = unknownName('There is no key "{name}"', key, keys);
    return { rules: {}, problems: [{ range: keyRange, message: text }] };
  });
  return {
    rules: Object.assign({}, ...readings.map((reading) => reading.rules)),
    problems: readings.flatMap(({ problems }) => problems),
  };
};

/** A configuration file wins over settings, rule by rule; `default` in it is the rule's own severity. */
export const withFile = (config: Config, file: ConfigReading | undefined): Config => {
  if (!file) return config;
  const all = Object.entries<Level>({ ...config.rules, ...file.rules });
  const chosen = all.flatMap(([id, level]) => (level === 'default' ? [] : [[id, level] as const]));
  return { ...config, rules: Object.fromEntries(chosen) };
};
