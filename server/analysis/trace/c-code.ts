import type { ImportChain } from '../go/imports.ts';
import type { CgoModule } from '../go/known-modules.ts';
import type { BuildStop, CgoState } from '../go/link.ts';

/** What becomes of the C code that a Go program imports. */
export interface CCode {
  /** Whether cgo is on where it is built, and why it is off. */
  readonly cgo: CgoState;
  /** Why go build stops, where it surely does. */
  readonly stop: BuildStop | undefined;
  /** Modules of its imports that are stubs without cgo. */
  readonly stubs: readonly CgoModule[];
  /** How its imports reach, without cgo, the first package at which go build stops, else the first stub. */
  readonly cChain: ImportChain | undefined;
}
