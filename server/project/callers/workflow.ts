import { type DataNode, entriesOf, field, itemsOf, textOf } from '../../analysis/data-node.ts';
import { yamlTree } from '../yaml-tree.ts';
import type { BuildCall } from './build-call.ts';

/** A value that no expression changes. */
const plain = (text: string | undefined): string | undefined => (text?.includes('${{') ? undefined : text);

const listOf = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(/[\n,]/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !part.includes('${{'));

/** `NAME=value` lines. */
const pairsOf = (text: string | undefined): BuildCall['args'] =>
  new Map(
    (text ?? '').split('\n').flatMap((line): readonly (readonly [string, string | undefined])[] => {
      const pair = /^\s*([^\s=]+)=(.*?)\s*$/.exec(line);
      return pair?.[1] === undefined ? [] : [[pair[1], plain(pair[2])]];
    }),
  );

const callOf = (job: string, step: DataNode): readonly BuildCall[] => {
  if (!/^docker\/build-push-action@/.test(textOf(field(step, 'uses')) ?? '')) return [];
  const asked = field(step, 'with');
  const text = (key: string): string | undefined => textOf(field(asked, key));
  const uses = field(step, 'uses');
  const file = text('file');
  const contexts = pairsOf(text('build-contexts'));
  return [
    {
      name: `step ${text('name') ?? textOf(field(step, 'name')) ?? `of ${job}`}`,
      range: uses?.range ?? step.range,
      // Without one it builds the repository.
      context: plain(text('context') ?? '.'),
      dockerfile: file === undefined ? undefined : (plain(file) ?? 'unknown'),
      args: pairsOf(text('build-args')),
      target: plain(text('target')),
      ...(contexts.size > 0 && { contexts }),
      platforms: listOf(text('platforms')),
    },
  ];
};

/** The builds of a GitHub workflow, by step. */
export const parseWorkflow = (text: string): readonly BuildCall[] => {
  if (!text.includes('docker/build-push-action@')) return [];
  return entriesOf(field(yamlTree(text).root, 'jobs')).flatMap(({ key, value }) =>
    itemsOf(field(value, 'steps')).flatMap((step) => callOf(key, step)),
  );
};
