import path from 'node:path';
import { type Bytes, part } from '../binary/bytes.ts';
import type { ProgramListener } from './file-content.ts';
import { type Format, formatOf } from './formats.ts';
import { type Budget, createLayer } from './layer.ts';
import { LimitError, limits } from './limits.ts';
import type { ArchivedLayer } from './read-archive.ts';
import { createSpool, type Spool } from './spool.ts';
import type { Content } from './tar.ts';
import type { TarHeader } from './tar-header.ts';
import { type Unpacking, unpackInto } from './unpack.ts';

/** An archive while it is read. */
export interface Reading {
  readonly budget: Budget & { json: number };
  readonly layers: Map<string, ArchivedLayer>;
  readonly links: Map<string, string>;
  readonly json: Map<string, string>;
  /** The archive itself, when it is a file. */
  readonly file: Bytes | undefined;
  /** Shared by all layers that are not compressed. */
  readonly spool: Spool;
  /** Layers that are still being unpacked. */
  readonly unpacking: Set<Unpacking>;
  readonly onProgram: ProgramListener | undefined;
}

/** Takes one member of the archive: a layer, JSON, a link to another, or something else, which is passed over. */
export function visitMember(header: TarHeader, position: number, reading: Reading): Content | undefined {
  const name = path.posix.normalize(header.name);
  if (header.type === 'symlink' || header.type === 'link') {
    if (reading.links.size >= limits.layers) throw new LimitError('the archive has too many links');
    const folder = header.type === 'symlink' ? path.posix.dirname(name) : '.';
    reading.links.set(name, path.posix.normalize(path.posix.join(folder, header.link)));
  }
  if (header.type !== 'file' || header.stored === 0 || header.sparse) return undefined;
  return sniffed(header.stored, (format) => contentFor(format, name, header.stored, position, reading));
}

/** Holds the first 512 bytes back until the format is known. */
function sniffed(stored: number, choose: (format: Format) => Content | undefined): Content {
  const wanted = Math.min(512, stored);
  let head: Buffer = Buffer.alloc(0);
  let content: Content | undefined;
  let chosen = false;
  return {
    data: (piece) => {
      if (chosen) {
        content?.data(piece);
        return;
      }
      head = head.length === 0 && piece.length >= wanted ? piece : Buffer.concat([head, piece]);
      if (head.length < wanted) return;
      chosen = true;
      content = choose(formatOf(head.subarray(0, wanted)));
      content?.data(head);
      head = Buffer.alloc(0);
    },
    end: () => content?.end(),
    unwanted: () => {
      if (!chosen) return 0;
      return content ? (content.unwanted?.() ?? 0) : Number.POSITIVE_INFINITY;
    },
    skip: (length) => content?.skip?.(length),
  };
}

function contentFor(
  format: Format,
  name: string,
  stored: number,
  position: number,
  reading: Reading,
): Content | undefined {
  if (format === 'other') return undefined;
  if (format === 'json') return jsonContent(name, stored, reading);
  if (reading.layers.size >= limits.layers) throw new LimitError(`the archive has more than ${limits.layers} layers`);
  // Layers that are not compressed come one after the other.
  const spool = format === 'tar' ? reading.spool : createSpool();
  const layer = format === 'tar' && reading.file ? part(reading.file, position, stored) : undefined;
  const { parser, entries } = createLayer(spool, reading.budget, layer, reading.onProgram);
  const compressed = format === 'tar' ? undefined : stored;
  reading.layers.set(name, { entries, compressed });
  if (format === 'tar') {
    return { data: parser.write, end: parser.end, unwanted: parser.unwanted, skip: parser.skip };
  }
  const unpacking = unpackInto(parser, format, stored);
  const settle = async (): Promise<void> => {
    await unpacking.settle();
    if (!done) return;
    reading.unpacking.delete(shown);
    spool.close();
  };
  let done = false;
  const shown: Unpacking = { ...unpacking, settle };
  reading.unpacking.add(shown);
  const end = (): void => {
    done = true;
    unpacking.end();
  };
  return { data: unpacking.write, end };
}

function jsonContent(name: string, stored: number, reading: Reading): Content | undefined {
  if (stored > limits.json) return undefined;
  reading.budget.json += stored;
  if (reading.budget.json > limits.allJson) throw new LimitError('the archive has more than 64 MiB of JSON');
  const pieces: Buffer[] = [];
  return {
    data: (piece) => pieces.push(Buffer.from(piece)),
    end: () => reading.json.set(name, Buffer.concat(pieces).toString('utf8')),
  };
}
