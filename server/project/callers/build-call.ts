import type { Caller } from '../../analysis/caller.ts';
import { type DataNode, entriesOf, itemsOf, textOf } from '../../analysis/data-node.ts';

/** A build as a file describes it: paths as written. */
export interface BuildCall extends Omit<Caller, 'path'> {
  /** Undefined where it is not known. */
  readonly context: string | undefined;
  /** Undefined for the Dockerfile of the context; `unknown` where it is not known. */
  readonly dockerfile: string | 'unknown' | undefined;
}

/** Values of variables; undefined for one that is not known. One that is missing may be set in the shell. */
export type Variables = ReadonlyMap<string, string | undefined>;

/** Stand for a dollar that is none of a variable, and for a value that is not known, while the rest is filled in. */
const [dollar, hole] = ['\0', '\x01'];

/** A variable whose word, where it has one, has no variables left in it: the innermost ones. */
const innermost = /\$(?:([A-Za-z_]\w*)|\{(\w+)(?:(:?[-?+])([^${}]*))?\})/g;

/**
 * `${NAME}`, `${NAME:-default}`, `${NAME-default}` and `${NAME:?error}` of compose filled in, defaults with variables of
 * their own as well; `$$` is a dollar. Undefined where a value is not known, and for `${NAME:+instead}`.
 */
export const interpolated = (text: string, variables: Variables): string | undefined => {
  const valueFor = (name: string, operator = '', word = ''): string | undefined => {
    const value = variables.get(name);
    const isSet = operator.startsWith(':') ? Boolean(value) : value !== undefined;
    if (operator.endsWith('+')) return undefined;
    if (isSet || operator === '' || (value === undefined && variables.has(name))) return value?.replaceAll('$', dollar);
    return operator.endsWith('-') ? word : undefined;
  };
  let filled = text.replaceAll('$$', dollar);
  for (let before = ''; before !== filled; ) {
    before = filled;
    filled = before.replace(
      innermost,
      (_, plain, name, operator, word) => valueFor(plain ?? name, operator, word) ?? hole,
    );
  }
  return filled.includes(hole) || filled.includes('${') ? undefined : filled.replaceAll(dollar, '$');
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
