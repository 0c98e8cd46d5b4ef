import { applyLayers } from '../filesystem/apply.ts';
import type { FileSystem } from '../filesystem/tree.ts';
import { type Reading, visitMember } from './archive-member.ts';
import type { ProgramListener } from './file-content.ts';
import { type LayerEntry, note } from './layer.ts';
import { LimitError } from './limits.ts';
import { type ArchivedImage, imageOf } from './manifest.ts';
import type { ArchiveSource } from './sources.ts';
import { createSpool } from './spool.ts';
import { createTarParser } from './tar.ts';

/** A layer with all its members. */
export interface ArchivedLayer {
  readonly entries: readonly LayerEntry[];
  /** Bytes in a registry; undefined for one stored uncompressed. */
  readonly compressed: number | undefined;
}

/** An image as it was read, with what was odd about its archive: one sentence each. */
export interface ReadImage extends ArchivedImage<ArchivedLayer> {
  /** The layers laid over each other. */
  readonly files: FileSystem;
  readonly oddities: readonly string[];
}

/**
 * Reads what `docker save`, `podman save`, buildx and others write: docker archives and OCI layouts, layers plain, gzip or zstd;
 * of several images the first, of several platforms `platform`. Memory grows with the number of files, not with their sizes.
 * Rejects with a sentence for an archive that is damaged, cut short, beyond the limits or not of an image, and with the
 * signal's reason after an abort. Leaves no file behind.
 */
export async function readArchive(
  source: ArchiveSource,
  platform: string,
  signal?: AbortSignal,
  onProgram?: ProgramListener,
): Promise<ReadImage> {
  const reading: Reading = {
    budget: { entries: 0, names: 0, text: 0, json: 0, oddities: new Set() },
    layers: new Map(),
    links: new Map(),
    json: new Map(),
    file: source.file,
    spool: createSpool(),
    unpacking: new Set(),
    onProgram,
  };
  try {
    await readMembers(source, reading, signal);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof LimitError) throw new Error(`the saved image is not read: ${error.message}`);
    throw new Error(`the saved image is damaged: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    for (const { stop } of reading.unpacking) stop();
    reading.spool.close();
    await source.close();
  }
  const image = imageOf(reading, platform);
  const files = applyLayers(image.layers, (oddity) => note(reading.budget, oddity));
  return { ...image, files, oddities: [...reading.budget.oddities] };
}

async function readMembers(source: ArchiveSource, reading: Reading, signal: AbortSignal | undefined): Promise<void> {
  const parser = createTarParser((header, position) => visitMember(header, position, reading));
  let passed = 0;
  for (let chunk = await source.next(0); chunk; chunk = await source.next(passed)) {
    signal?.throwIfAborted();
    parser.write(chunk);
    for (const one of reading.unpacking) await one.settle();
    const unwanted = parser.unwanted();
    passed = unwanted >= source.worthPassing ? unwanted : 0;
    if (passed > 0) parser.skip(passed);
  }
  parser.end();
}
