import { type Bytes, part } from '../binary/bytes.ts';
import { contentOf, type FileFacts, type ProgramListener, type TextBudget } from './file-content.ts';
import { LimitError, limits } from './limits.ts';
import { leadsOut, pathInImage } from './paths.ts';
import type { Spool } from './spool.ts';
import { createTarParser, type TarParser } from './tar.ts';
import type { TarHeader } from './tar-header.ts';

/** One member of a layer; `opaque` hides what lower layers have in the folder, `whiteout` one path. */
export interface LayerEntry {
  readonly path: string;
  readonly type: 'file' | 'link' | 'symlink' | 'folder' | 'other' | 'whiteout' | 'opaque';
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  /** As stored for a symbolic link; a path in the image for a hard one. */
  readonly target: string;
  readonly facts: FileFacts | undefined;
}

/** What all layers of an archive share. */
export interface Budget extends TextBudget {
  entries: number;
  names: number;
  readonly oddities: Set<string>;
}

/** Splits one layer; the entries are complete after `parser.end`. `file`: the layer's own bytes, when they can be read again. */
export function createLayer(
  spool: Spool,
  budget: Budget,
  file: Bytes | undefined,
  onProgram?: ProgramListener,
): { readonly parser: TarParser; readonly entries: LayerEntry[] } {
  const entries: LayerEntry[] = [];
  const parser = createTarParser((header, position) => {
    count(budget, header);
    if (leadsOut(header.name))
      note(budget, `the name ${quoted(header.name)} leads out of the image; it is read as below its root`);
    if (isTooLong(header.name)) {
      note(budget, `a name of ${Buffer.byteLength(header.name)} bytes is longer than Linux allows; it is left out`);
      return undefined;
    }
    const entry = entryOf(header);
    entries.push(entry);
    if (entry.type !== 'file' || header.sparse) return undefined;
    const itself = file && part(file, position, header.stored);
    return contentOf(entry.path, header, { spool, budget, itself, onProgram }, (facts) => {
      entry.facts = facts;
    });
  });
  return { parser, entries };
}

function count(budget: Budget, { name, link }: TarHeader): void {
  budget.entries += 1;
  budget.names += name.length + link.length;
  if (budget.entries > limits.entries) {
    throw new LimitError(`the image has more than ${limits.entries.toLocaleString('en-US')} files`);
  }
  if (budget.names > limits.names) throw new LimitError('the names of its files are longer than 256 MiB together');
}

/** Oddities are for people: some are enough. */
export function note({ oddities }: Budget, oddity: string): void {
  if (oddities.size < 20) oddities.add(oddity);
}

const quoted = (name: string): string => JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);

/** A character has three bytes at most. */
const isTooLong = (name: string): boolean => name.length > limits.path / 3 && Buffer.byteLength(name) > limits.path;

type Draft = Omit<LayerEntry, 'facts'> & { facts: FileFacts | undefined };

function entryOf({ name, type, size, mode, uid, link }: TarHeader): Draft {
  const path = pathInImage(name);
  const hidden = path.includes('.wh.') ? whiteout(path) : undefined;
  const shown = hidden?.type ?? (type === 'device' ? 'other' : type);
  // One shape for all: an image has hundreds of thousands.
  return {
    path: hidden?.path ?? path,
    type: shown,
    size: shown === 'file' ? size : shown === 'symlink' ? Buffer.byteLength(link) : 0,
    mode,
    uid,
    target: shown === 'symlink' ? link : shown === 'link' ? pathInImage(link) : '',
    facts: undefined,
  };
}

/** What a name of AUFS's kind hides; undefined for any other name. */
function whiteout(path: string): Pick<LayerEntry, 'type' | 'path'> | undefined {
  const slash = path.lastIndexOf('/');
  const last = path.slice(slash + 1);
  if (!last.startsWith('.wh.')) return undefined;
  const folder = path.slice(0, Math.max(slash, 0));
  if (last === '.wh..wh..opq') return { type: 'opaque', path: folder };
  const hidden = last.slice(4);
  // Other names of this kind were the storage driver's own.
  if (last.startsWith('.wh..wh.') || hidden === '') return { type: 'other', path };
  return { type: 'whiteout', path: folder === '' ? hidden : `${folder}/${hidden}` };
}
