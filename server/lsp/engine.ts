import type { BuildOutcome } from '../protocol.ts';

/** One build of one Dockerfile; absolute paths. */
export interface BuildJob {
  readonly dockerfile: string;
  readonly context: string;
  readonly engine: 'auto' | 'docker' | 'podman';
  /** Empty: found on the PATH. */
  readonly enginePath: string;
  readonly previousSize: number | undefined;
}

/** What a running build tells. */
export interface BuildEvents {
  readonly step: (text: string) => void;
  /** The engine's output, with ANSI colours and `\r\n` line ends. */
  readonly log: (text: string) => void;
}

/** What the language server needs of `server/image`. */
export interface Engine {
  /** Absolute folders in which the sources of COPY exist, the likeliest first; never empty. */
  readonly contexts: (dockerfile: string, text: string) => Promise<readonly string[]>;
  /** Never rejects for what the engine or the Dockerfile did wrong: that is an outcome. */
  readonly build: (job: BuildJob, events: BuildEvents, signal: AbortSignal) => Promise<BuildOutcome>;
  /** `6.7 MB · 12 s · −352 MB` and what stands behind it. */
  readonly describe: (built: BuildOutcome & { readonly kind: 'built' }) => Promise<Title>;
}

/** A text for the lens and one for the hover. */
export interface Title {
  readonly title: string;
  readonly tooltip: string;
}
