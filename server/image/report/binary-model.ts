import type { SizeNode } from './model.ts';

/** A Go binary, read from its own bytes. Sizes in bytes. */
export interface BinaryReport {
  readonly path: string;
  readonly size: number;
  /** Index of the layer that holds it. */
  readonly layer: number;
  readonly bits: 32 | 64;
  /** As `readelf -h` names it, such as `Advanced Micro Devices X86-64`. */
  readonly machine: string;
  /** GOARCH of that machine; undefined for one that Go does not have. */
  readonly goarch: string | undefined;
  /** Whether it is for the image's platform; undefined when the image does not say which. */
  readonly fitsPlatform: boolean | undefined;
  readonly static: boolean;
  /** The dynamic loader it asks for, and whether the image has it. */
  readonly interpreter?: LibraryReport;
  /** Needed libraries, those of libraries included, in the order in which the loader looks for them. */
  readonly libraries: readonly LibraryReport[];
  readonly pie: boolean;
  /** No symbol table. */
  readonly stripped: boolean;
  /** No debugging sections. */
  readonly withoutDebug: boolean;
  readonly upx: boolean;
  /** Newest version it needs of the image's glibc, such as `2.38`, and the one that is there. */
  readonly glibc?: { readonly needed: string; readonly found: string | undefined };
  /** Undefined when the build information is gone. */
  readonly go: GoReport | undefined;
  /** Bytes that `-ldflags=-s` leaves away: `.symtab`, `.strtab` and the debugging sections. */
  readonly strippable: number;
  /** Sections, and code by module and package; undefined when the sections cannot be read. */
  readonly tree: SizeNode | undefined;
  /** Code by module, largest first; undefined when the function table is of a kind that we do not know. */
  readonly modules: readonly GoModuleSize[] | undefined;
  readonly sha256?: string;
}

export interface LibraryReport {
  readonly name: string;
  /** Where the loader finds it; undefined when it does not. */
  readonly path: string | undefined;
}

/** What `go version -m` prints. */
export interface GoReport {
  /** Such as `go1.26.8`. */
  readonly version: string;
  /** Import path of the main package; empty for a file given to go build. */
  readonly path: string;
  readonly main: GoModuleRef | undefined;
  readonly modules: readonly GoModuleRef[];
  /** `-trimpath`, `CGO_ENABLED`, `vcs.revision` and so on, in their order. */
  readonly settings: readonly { readonly key: string; readonly value: string }[];
}

export interface GoModuleRef {
  readonly path: string;
  readonly version: string;
  readonly sum: string;
  readonly replacedBy?: GoModuleRef;
}

/** Bytes of machine code, padding included. */
export interface GoModuleSize {
  /** Module path, `std`, or `C and assembly` for what is no Go function. */
  readonly path: string;
  readonly size: number;
  readonly packages: readonly { readonly path: string; readonly size: number }[];
}
