import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Engine } from '../engine-model.ts';
import { saveImage } from '../measure.ts';

/** Hands over a docker archive of an image, which is gone when `use` has settled. Rejects with a sentence, also after an abort. */
export async function withSaved<T>(
  engine: Engine,
  reference: string,
  signal: AbortSignal,
  use: (archive: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'go-dockerfile-scan-'));
  const archive = path.join(folder, 'image.tar');
  try {
    await saveImage(engine, reference, archive, signal);
    // A container reads it as somebody else; the folder lets nobody else of this machine in.
    await chmod(archive, 0o644);
    return await use(archive);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
