import type { MemoryLimit, VariablePlace } from '../../analysis/caller.ts';
import { type DataNode, entriesOf, field, itemsOf, textOf } from '../../analysis/data-node.ts';

const powers = 'bkmgt';

/** Bytes of a size as compose writes it (`512m`, `1.5gb`, `1073741824`): units are powers of 1024. */
const bytesIn = (text: string): number | undefined => {
  const [, number, unit = 'b'] = /^(\d+(?:\.\d+)?) ?([bkmgt])?i?b?$/i.exec(text) ?? [];
  return number === undefined ? undefined : Math.floor(Number(number) * 1024 ** powers.indexOf(unit.toLowerCase()));
};

const isIn = ({ start, end }: DataNode['range'], { range }: DataNode): boolean =>
  start.line >= range.start.line && end.line <= range.end.line;

const isBlock = (node: DataNode): boolean => (node.kind === 'map' || node.kind === 'list') && node.block === true;

/** Above the first variable that the service's own `environment` has, or a new one above its first key. */
const placeIn = (service: DataNode): VariablePlace | undefined => {
  const own = (node: DataNode): DataNode['range'] | undefined =>
    [...entriesOf(node).map(({ keyRange }) => keyRange), ...itemsOf(node).map(({ range }) => range)].find((range) =>
      isIn(range, node),
    );
  const environment = field(service, 'environment');
  const around = environment ?? service;
  const first = isIn(around.range, service) && isBlock(around) ? own(around)?.start : undefined;
  if (!first) return undefined;
  const column = around.kind === 'list' ? around.range.start.character : first.character;
  const indent = ' '.repeat(column);
  const at = { line: first.line, character: 0 };
  if (around.kind === 'list') return { at, before: `${indent}- `, between: '=' };
  return { at, before: environment ? indent : `${indent}environment:\n${indent}  `, between: ': ' };
};

/** What decides the environment of the program elsewhere, or starts another one. */
const open = ['env_file', 'extends', 'entrypoint', 'command'];

/** The memory a service may use; undefined as well where it is not sure which program has it, in which environment. */
export const memoryOf = (
  service: DataNode,
  filled: (text: string | undefined) => string | undefined,
): MemoryLimit | undefined => {
  if (open.some((key) => field(service, key))) return undefined;
  const limits = field(field(field(service, 'deploy'), 'resources'), 'limits');
  const node = field(service, 'mem_limit') ?? field(limits, 'memory');
  const bytes = bytesIn(filled(textOf(node)) ?? '');
  if (!node || !bytes) return undefined;
  const place = placeIn(service);
  return { bytes, range: node.range, ...(place && { place }) };
};
