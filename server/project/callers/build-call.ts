import { type DataNode, entriesOf, itemsOf, textOf } from '../../analysis/data-node.ts';
import type { Caller } from '../../analysis/go/project-facts.ts';

/** A build as a file describes it: paths as written. */
export interface BuildCall extends Omit<Caller, 'path'> {
  /** Undefined where it is not known. */
  readonly context: string | undefined;
  /** Undefined for the Dockerfile of the context; `unknown` where it is not known. */
  readonly dockerfile: string | 'unknown' | undefined;
}

/** Values of variables; undefined for one that is not known. One that is missing may be set in the shell. */
export type Variables = ReadonlyMap<string, string | undefined>;

/**
 * `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?error}` and `${NAME:+instead}` of compose filled in; `$$` is a
 * dollar. Undefined where a value is not known, or defaults hold variables of their own.
 */
export const interpolated = (text: string, variables: Variables): string | undefined => {
  let known = true;
  const valueFor = (name: string, operator = '', word = ''): string | undefined => {
    const value = variables.get(name);
    const isSet = operator.startsWith(':') ? Boolean(value) : value !== undefined;
    if (word.includes('$') || operator.endsWith('+')) return undefined;
    if (isSet || operator === '' || (value === undefined && variables.has(name))) return value;
    return operator.endsWith('-') ? word : undefined;
  };
  const pattern = /\$(?:\$|([A-Za-z_]\w*)|\{(\w+)(?:(:?[-?+])([^}]*))?\})/g;
  const filled = text.replace(pattern, (whole, plain, name, operator, word) => {
    if (whole === '$$') return '$';
    const value = valueFor(plain ?? name, operator, word);
    known &&= value !== undefined;
    return value ?? '';
  });
  // What is left of a nested `${A:-${B}}`.
  return known && !/\$\{/.test(text.replace(pattern, '')) ? filled : undefined;
};

/** The items `name=value` of a list, or the entries of a map, by name; `value` also gets names without a value. */
export const pairsOf = (
  node: DataNode | undefined,
  value: (written: string | undefined, name: string) => string | undefined,
): ReadonlyMap<string, string | undefined> => {
  const pairs =
    node?.kind === 'list'
      ? itemsOf(node).flatMap((item) => {
          const [, name, written] = /^([^=]*)(?:=(.*))?$/s.exec(textOf(item) ?? '') ?? [];
          return name ? [{ name, written }] : [];
        })
      : entriesOf(node).map((entry) => ({ name: entry.key, written: textOf(entry.value) }));
  return new Map(pairs.map(({ name, written }) => [name, value(written, name)]));
};
