/**
 * What is known of an image after reading it: everything is plain data, so that it can travel to the client and be printed as
 * JSON. Sizes are bytes, lines are zero-based, paths are absolute in the image. `undefined` means unknown, never "no".
 */
import type { BinaryReport } from './binary-model.ts';
import type { StartReport, SupplyChain } from './run-model.ts';

export interface ImageReport {
  /** As it was asked for: an image, an archive or a Dockerfile. */
  readonly name: string;
  /** Such as `linux/arm64` or `linux/arm/v7`; empty when the image does not say. */
  readonly platform: string;
  /** Sum over the layers of what `lstat` would give for all files and symbolic links, as the lens shows it. */
  readonly size: number;
  /** What a registry keeps and a pull transfers; undefined when the archive holds a layer uncompressed. */
  readonly compressed: number | undefined;
  /** What a container sees: `size` less `wasted`. */
  readonly visible: number;
  /** Bytes that later layers overwrite or delete; every copy that nobody can see counts once, hard links once. */
  readonly wasted: number;
  readonly layers: readonly LayerReport[];
  /** Every entry of the image's history in order, those that made no layer included. */
  readonly history: readonly HistoryReport[];
  /** Largest first, at most 50. */
  readonly wastedFiles: readonly WastedFile[];
  /** Layers, folders and files; small ones are summed up as `rest`. At most 4000 nodes. */
  readonly tree: SizeNode;
  /** Go binaries in the final file system, largest first; those of a Go toolchain left out. */
  readonly binaries: readonly BinaryReport[];
  readonly facts: ImageFacts;
  /** Largest saving first; nothing below 1 % of `size`. */
  readonly advice: readonly Advice[];
  /** What the trace of the Dockerfile said otherwise than the image is: each is a bug of ours. Empty without a Dockerfile. */
  readonly differences: readonly Difference[];
  /** What the archive has that no engine writes: names with `..`, links out of the image. One sentence each, at most 20. */
  readonly oddities: readonly string[];
  readonly start?: StartReport;
  readonly comparison?: Comparison;
  readonly supplyChain?: SupplyChain;
}

export interface LayerReport {
  /** `sha256:…` of the uncompressed layer, as the configuration names it; empty when it does not. */
  readonly id: string;
  readonly size: number;
  readonly compressed: number | undefined;
  /** The instruction without the engine's wrapping, such as `COPY /out/app /app`; empty when the history tells nothing. */
  readonly createdBy: string;
  /** Line of that instruction when exactly one of the Dockerfile fits. */
  readonly line?: number;
  /** Whether the base image brought it; undefined when no Dockerfile says so. */
  readonly fromBase?: boolean;
  /** Files and links added or replaced. */
  readonly files: number;
  /** Paths of lower layers that it deletes. */
  readonly deleted: number;
  /** Of its bytes, those that a later layer hides. */
  readonly wasted: number;
  /** Largest first, at most 10. */
  readonly largest: readonly FileSize[];
}

export interface FileSize {
  readonly path: string;
  readonly size: number;
}

export interface HistoryReport {
  readonly createdBy: string;
  readonly size: number;
  readonly line?: number;
  /** Index into `layers`; undefined for an entry that made none. */
  readonly layer?: number;
}

export interface WastedFile extends FileSize {
  /** Index of the layer that holds the bytes. */
  readonly layer: number;
  /** Index of the layer that hides them. */
  readonly by: number;
  readonly how: 'overwritten' | 'deleted';
}

/** A treemap: a node's size is the sum of its children's; a leaf has none. */
export interface SizeNode {
  readonly name: string;
  readonly kind: 'image' | 'layer' | 'folder' | 'file' | 'rest' | 'binary' | 'section' | 'module' | 'package';
  readonly size: number;
  /** Of a `rest`: how many nodes it stands for. */
  readonly count?: number;
  readonly children?: readonly SizeNode[];
}

export interface ImageFacts {
  /** As configured; empty for root. */
  readonly user: string;
  /** By number, or by name in the image's own /etc/passwd. */
  readonly root: 'yes' | 'no' | 'unknown';
  readonly workdir: string;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly ports: readonly string[];
  readonly program: ProgramReport | undefined;
  /** Absolute paths that are there; undefined when there is none. */
  readonly shell: string | undefined;
  readonly certificates: string | undefined;
  readonly zones: string | undefined;
  /** Name and version of the system, such as `Debian GNU/Linux 13 (trixie)`. */
  readonly system: string | undefined;
  readonly libc: 'glibc' | 'musl' | undefined;
  readonly setuid: readonly string[];
  /** Files whose names say that they hold secrets, such as `/root/.ssh/id_rsa`; also those that a later layer deleted. */
  readonly secrets: readonly SecretFile[];
  /** Such as `apk`, `apt-get`. */
  readonly packageManagers: readonly string[];
  /** Go toolchains and compilers left inside. */
  readonly toolchains: readonly FileSize[];
}

export interface SecretFile {
  readonly path: string;
  /** Index of the layer that holds it. */
  readonly layer: number;
  /** Deleted later, and still readable by everyone who has the image. */
  readonly deleted: boolean;
}

/** The program that the container starts. */
export interface ProgramReport {
  /** As ENTRYPOINT or CMD has it. */
  readonly argument: string;
  /** Where it was found: PATH searched, links followed. */
  readonly path: string | undefined;
  readonly kind: 'go' | 'elf' | 'script' | 'other' | 'missing';
  /** Why it surely does not start, in the words of whoever refuses it; empty when nothing speaks against it. */
  readonly problems: readonly string[];
}

export interface Advice {
  /** Stable name, such as `strip` or `wasted`. */
  readonly id: string;
  /** One sentence without the number: what to do. */
  readonly title: string;
  /** One or two sentences: where the number comes from. */
  readonly because: string;
  readonly saving: number;
  /** `exact`: these bytes are gone. `estimated`: computed from what is known of the parts. */
  readonly basis: 'exact' | 'estimated';
  /** The rule whose fix does it, when one has something to say of this Dockerfile, and that fix. */
  readonly rule?: string;
  readonly fix?: string;
  readonly line?: number;
}

/** A statement of the trace about the image, and what the image says. */
export interface Difference {
  readonly about: string;
  readonly trace: string;
  readonly image: string;
  readonly line?: number;
}

/** This image less another. */
export interface Comparison {
  readonly name: string;
  readonly size: number;
  readonly compressed: number | undefined;
  /** Files whose size differs, largest difference first, at most 50; `before` or `after` is undefined when it is not there. */
  readonly files: readonly { readonly path: string; readonly before?: number; readonly after?: number }[];
}
