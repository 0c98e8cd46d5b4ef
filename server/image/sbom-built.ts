import type { SbomFormat } from '../build-protocol.ts';
import type { Engine } from './engine-model.ts';
import { readImage } from './measure.ts';
import { reportImage } from './report/report.ts';
import { sbomOf } from './sbom/sbom.ts';

/** Which bill of materials is asked for. */
export interface SbomQuestion {
  /** As the engine knows it. */
  readonly image: string;
  /** How the document calls it. */
  readonly name: string;
  readonly format: SbomFormat;
}

/** Reads an image of the engine and writes its bill of materials. Rejects with a sentence, also after an abort. */
export async function sbomBuilt(
  engine: Engine,
  { image, name, format }: SbomQuestion,
  signal: AbortSignal,
): Promise<ReturnType<typeof sbomOf>> {
  const read = await readImage(engine, image, signal);
  return sbomOf(format, read, reportImage(name, read));
}
