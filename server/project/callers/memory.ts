import type { MemoryLimit } from '../../analysis/caller.ts';
import { type DataNode, field, textOf } from '../../analysis/data-node.ts';

const powers = 'bkmgt';

/** Bytes of a size as compose writes it (`512m`, `1.5gb`, `1073741824`): units are powers of 1024. */
const bytesIn = (text: string): number | undefined => {
  const [, number, unit = 'b'] = /^(\d+(?:\.\d+)?) ?([bkmgt])?i?b?$/i.exec(text) ?? [];
  return number === undefined ? undefined : Math.floor(Number(number) * 1024 ** powers.indexOf(unit.toLowerCase()));
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
  return node && bytes ? { bytes, range: node.range } : undefined;
};
