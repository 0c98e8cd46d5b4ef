import type { CopyInstruction, Instruction } from '../dockerfile/model.ts';
import type { Known, Tri } from '../known.ts';
import type { StageTrace } from './model.ts';

/** One `COPY` or `ADD`, resolved. */
export interface CopyTrace {
  readonly instruction: CopyInstruction;
  /** The stage copied from; undefined for the build context, `unknown` for an image, a named context or an unresolved name. */
  readonly from: StageTrace | 'unknown' | undefined;
  readonly sources: readonly Known<string>[];
  readonly destination: Known<string>;
  /** Whether files are put into the destination, rather than one file at its path. */
  readonly intoFolder: Tri;
  /** The working directory before it. */
  readonly workdir: Known<string>;
}

/** A folder that an instruction makes, unless it is there. */
export interface MadeFolder {
  readonly instruction: Instruction;
  readonly path: string;
}
