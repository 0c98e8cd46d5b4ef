import type { CgoState } from '../go/cgo-state.ts';
import type { ImportChain } from '../go/import-chains.ts';
import type { CgoModule } from '../go/known-modules.ts';
import type { BuildStop } from '../go/link.ts';
import type { SystemLibrary } from '../go/system-libraries.ts';
import type { Tri } from '../known.ts';

/** What becomes of the C code that a Go program imports. */
export interface CCode {
  /** Whether cgo is on where it is built, and why it is off. */
  readonly cgo: CgoState;
  /** Why go build stops, where it surely does. */
  readonly stop: BuildStop | undefined;
  /** Modules of its imports that are stubs without cgo, and of which it may run code. */
  readonly stubs: readonly CgoModule[];
  /** How its imports reach, without cgo, the first package at which go build stops, else the first stub. */
  readonly cChain: ImportChain | undefined;
  /** Whether no Go file is left without cgo in the package at which go build stops. */
  readonly leftEmpty: boolean;
  /** Whether it has C code when cgo is on, other than that of the standard library. */
  readonly linksC: Tri;
  /** Modules of its imports that need cgo. */
  readonly cModules: readonly CgoModule[];
  /** Libraries of the system that its modules are linked to when cgo is on. */
  readonly libraries: readonly SystemLibrary[];
  /** Its build tags; undefined when a variable may hide some. */
  readonly tags: ReadonlySet<string> | undefined;
}
