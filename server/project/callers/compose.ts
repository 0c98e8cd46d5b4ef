import { type DataNode, entriesOf, field, itemsOf, textOf } from '../../analysis/data-node.ts';
import { once } from '../../analysis/once.ts';
import { yamlTree } from '../yaml-tree.ts';
import { type BuildCall, interpolated, pairsOf, type Variables } from './build-call.ts';
import { memoryOf } from './memory.ts';

/** A value that is not written is that of the variable. */
const argsOf = (node: DataNode | undefined, variables: Variables): BuildCall['args'] =>
  pairsOf(node, (written, name) => (written === undefined ? variables.get(name) : interpolated(written, variables)));

const platformsOf = (service: DataNode, build: DataNode): readonly string[] => {
  const listed = itemsOf(field(build, 'platforms')).flatMap((item) => textOf(item) ?? []);
  const one = textOf(field(service, 'platform'));
  return (listed.length > 0 || one === undefined ? listed : [one]).filter((platform) => !platform.includes('$'));
};

/** `source:/target:ro`, `/target`, or a map with `target`. */
const targetOf = (node: DataNode): string | undefined => {
  if (node.kind !== 'text') return textOf(field(node, 'target'));
  const [first, ...rest] = node.text.split(':');
  return rest.length === 0 ? first : rest.find((part) => part.startsWith('/'));
};

/** What it lays over the image when it runs it. */
const runOf = (service: DataNode): Pick<BuildCall, 'mounts' | 'environment'> => {
  const listed = (key: string): readonly DataNode[] => {
    const node = field(service, key);
    return node?.kind === 'text' ? [node] : itemsOf(node);
  };
  const mounts = ['volumes', 'tmpfs', 'configs', 'secrets'].flatMap(listed).flatMap((node) => targetOf(node) ?? []);
  const environment = [...pairsOf(field(service, 'environment'), (written) => written).keys()];
  return { ...(mounts.length > 0 && { mounts }), ...(environment.length > 0 && { environment }) };
};

const callOf = (
  name: string,
  range: BuildCall['range'],
  service: DataNode,
  variables: Variables,
): readonly BuildCall[] => {
  const filled = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : interpolated(text, variables);
  const build = field(service, 'build');
  if (!build || (build.kind !== 'text' && build.kind !== 'map') || field(build, 'dockerfile_inline')) return [];
  const context = textOf(build) ?? textOf(field(build, 'context'));
  // A file that only adds to another one leaves the context to that.
  if (context === undefined) return [];
  const dockerfile = textOf(field(build, 'dockerfile'));
  const contexts = pairsOf(field(build, 'additional_contexts'), filled);
  const memory = memoryOf(service, filled);
  return [
    {
      name: `service ${name}`,
      range,
      context: filled(context),
      dockerfile: dockerfile === undefined ? undefined : (filled(dockerfile) ?? 'unknown'),
      args: argsOf(field(build, 'args'), variables),
      target: filled(textOf(field(build, 'target'))),
      ...(contexts.size > 0 && { contexts }),
      platforms: platformsOf(service, build),
      ...runOf(service),
      ...(memory && { memory }),
    },
  ];
};

/** The builds of a compose file, by service, with the variables of the `.env` beside it. */
export const parseCompose = (text: string): ((variables: Variables) => readonly BuildCall[]) => {
  const services = /\bbuild\b/.test(text) ? entriesOf(field(yamlTree(text).root, 'services')) : [];
  const known = new WeakMap<Variables, readonly BuildCall[]>();
  return (variables) =>
    once(known, variables, () =>
      services.flatMap(({ key, keyRange, value }) => callOf(key, keyRange, value, variables)),
    );
};
