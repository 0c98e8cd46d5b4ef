import { type DataEntry, type DataNode, entriesOf, field, itemsOf, textOf } from '../../analysis/data-node.ts';
import { yamlTree } from '../yaml-tree.ts';
import type { BuildCall } from './build-call.ts';
import { hclTree } from './hcl-tree.ts';

/** A target with everything it inherits; its own attributes come last, and win. */
const flattened = (target: DataNode, all: readonly DataEntry[], above: ReadonlySet<string>): DataNode => {
  const parents = itemsOf(field(target, 'inherits')).flatMap((item) => textOf(item) ?? []);
  const inherited = parents.flatMap((name) => {
    const parent = all.find(({ key }) => key === name);
    return parent && !above.has(name) ? entriesOf(flattened(parent.value, all, new Set([...above, name]))) : [];
  });
  return { kind: 'map', entries: [...inherited, ...entriesOf(target)], range: target.range };
};

/** Arguments are inherited one by one; `null` takes one away again. */
const argsOf = (target: DataNode): BuildCall['args'] => {
  const args = new Map<string, string | undefined>();
  const maps = entriesOf(target).filter(({ key }) => key === 'args');
  for (const { key, value } of maps.flatMap(({ value }) => entriesOf(value))) {
    if (value.kind === 'null') args.delete(key);
    else args.set(key, textOf(value));
  }
  return args;
};

/** Contexts are inherited one by one, too. */
const contextsOf = (target: DataNode): NonNullable<BuildCall['contexts']> =>
  new Map(
    entriesOf(target)
      .filter(({ key }) => key === 'contexts')
      .flatMap(({ value }) => entriesOf(value))
      .map(({ key, value }) => [key, textOf(value)]),
  );

/** What is written, `fallback` where nothing is, undefined where it is not known. */
const written = (node: DataNode | undefined, fallback: string): string | undefined =>
  node && node.kind !== 'null' ? textOf(node) : fallback;

const callOf = ({ key, keyRange }: DataEntry, target: DataNode): readonly BuildCall[] => {
  if (field(target, 'dockerfile-inline') || field(target, 'matrix')) return [];
  const contexts = contextsOf(target);
  return [
    {
      name: `target ${key}`,
      range: keyRange,
      context: written(field(target, 'context'), '.'),
      dockerfile: written(field(target, 'dockerfile'), 'Dockerfile') ?? 'unknown',
      args: argsOf(target),
      target: textOf(field(target, 'target')),
      ...(contexts.size > 0 && { contexts }),
      platforms: itemsOf(field(target, 'platforms')).flatMap((item) => textOf(item) ?? []),
    },
  ];
};

/** The builds of a Bake file, by target. A target that others inherit, and that no group names, is none. */
const bakeCalls = (root: DataNode | undefined): readonly BuildCall[] => {
  const targets = entriesOf(field(root, 'target'));
  const named = (key: string, node: DataNode): readonly string[] =>
    itemsOf(field(node, key)).flatMap((item) => textOf(item) ?? []);
  const inherited = new Set(targets.flatMap(({ value }) => named('inherits', value)));
  const grouped = new Set(entriesOf(field(root, 'group')).flatMap(({ value }) => named('targets', value)));
  return targets
    .filter(({ key }) => !key.startsWith('_') && (!inherited.has(key) || grouped.has(key)))
    .flatMap((entry) => callOf(entry, flattened(entry.value, targets, new Set([entry.key]))));
};

export const parseBakeHcl = (text: string): readonly BuildCall[] => bakeCalls(hclTree(text));

/** Strings of the JSON form are templates as well. */
const withoutTemplates = (node: DataNode): DataNode => {
  if (node.kind === 'text' && node.text.includes('${')) return { kind: 'unknown', range: node.range };
  if (node.kind === 'list') return { ...node, items: node.items.map(withoutTemplates) };
  if (node.kind !== 'map') return node;
  return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: withoutTemplates(entry.value) })) };
};

export const parseBakeJson = (text: string): readonly BuildCall[] => {
  const { root } = yamlTree(text);
  return bakeCalls(root && withoutTemplates(root));
};
