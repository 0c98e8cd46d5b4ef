import { type DataNode, entriesOf, field, itemsOf, textOf } from '../../analysis/data-node.ts';
import { yamlTree } from '../yaml-tree.ts';
import { type BuildCall, withDefaults, withoutVariables } from './build-call.ts';

/** `KEY=VALUE` or `KEY`, whose value the environment gives. */
const pairOf = (text: string): readonly [string, string | undefined] => {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), withoutVariables(text.slice(at + 1))];
};

const argsOf = (node: DataNode | undefined): BuildCall['args'] => {
  if (node?.kind === 'list')
    return new Map(node.items.flatMap((item) => (item.kind === 'text' ? [pairOf(item.text)] : [])));
  return new Map(
    entriesOf(node).map(({ key, value }) => [key, value.kind === 'text' ? withoutVariables(value.text) : undefined]),
  );
};

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
  const environment = [...argsOf(field(service, 'environment')).keys()];
  return { ...(mounts.length > 0 && { mounts }), ...(environment.length > 0 && { environment }) };
};

const callOf = (name: string, range: BuildCall['range'], service: DataNode): readonly BuildCall[] => {
  const build = field(service, 'build');
  if (!build || (build.kind !== 'text' && build.kind !== 'map') || field(build, 'dockerfile_inline')) return [];
  const context = textOf(build) ?? textOf(field(build, 'context'));
  // A file that only adds to another one leaves the context to that.
  if (context === undefined) return [];
  const dockerfile = textOf(field(build, 'dockerfile'));
  return [
    {
      name: `service ${name}`,
      range,
      context: withDefaults(context),
      dockerfile: dockerfile === undefined ? undefined : (withDefaults(dockerfile) ?? 'unknown'),
      args: argsOf(field(build, 'args')),
      target: textOf(field(build, 'target')),
      platforms: platformsOf(service, build),
      ...runOf(service),
    },
  ];
};

/** The builds of a compose file, by service. */
export const parseCompose = (text: string): readonly BuildCall[] => {
  if (!/\bbuild\b/.test(text)) return [];
  return entriesOf(field(yamlTree(text).root, 'services')).flatMap(({ key, keyRange, value }) =>
    callOf(key, keyRange, value),
  );
};
