import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readArchive } from '../archive/read-archive.ts';
import { fileSource } from '../archive/sources.ts';
import type { Bytes } from '../binary/bytes.ts';
import type { ElfFacts } from '../binary/inspect.ts';
import { hostPlatform, readImage } from '../measure.ts';
import type { BinaryReport } from '../report/binary-model.ts';
import type { ImagePlace } from './tool.ts';

/** A program of an image as a file of this machine; nobody can execute it by accident. */
export interface Extracted {
  readonly program: BinaryReport;
  readonly file: string;
}

/**
 * Reads the image a second time and copies these programs into a folder that only this user may open, and that is gone when `use`
 * has settled. Those whose bytes were not found are left out. Rejects with a sentence, also after an abort.
 */
export async function withPrograms<T>(
  image: ImagePlace,
  programs: readonly BinaryReport[],
  signal: AbortSignal,
  use: (extracted: readonly Extracted[]) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'go-dockerfile-programs-'));
  try {
    const files = new Map<string, string>();
    const wanted = new Set(programs.map(({ sha256 }) => sha256));
    await readAgain(image, signal, ({ go }, bytes) => {
      const sha256 = go?.sha256;
      if (sha256 === undefined || !wanted.has(sha256) || files.has(sha256)) return;
      const file = path.join(folder, `program-${files.size + 1}`);
      files.set(sha256, file);
      copy(bytes, file);
    });
    const extracted = programs.flatMap((program) => {
      const file = program.sha256 === undefined ? undefined : files.get(program.sha256);
      return file === undefined ? [] : [{ program, file }];
    });
    return await use(extracted);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Visit = (facts: ElfFacts, bytes: Bytes) => void;

async function readAgain(image: ImagePlace, signal: AbortSignal, onProgram: Visit): Promise<void> {
  if (!('archive' in image)) {
    await readImage(image.engine, image.reference, signal, { onProgram });
    return;
  }
  const file = await open(image.archive);
  try {
    await readArchive(await fileSource(file), hostPlatform(), signal, onProgram);
  } finally {
    await file.close();
  }
}

const piece = 1024 * 1024;

function copy(bytes: Bytes, file: string): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    for (let at = 0; at < bytes.size; at += piece) {
      const part = bytes.read(at, piece);
      for (let written = 0; written < part.length; ) written += writeSync(descriptor, part, written);
    }
  } finally {
    closeSync(descriptor);
  }
}
