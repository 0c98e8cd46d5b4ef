import type { BuildOptions } from '../protocol.ts';

/** A container engine that answered, and how it builds. */
export interface Engine {
  readonly kind: 'docker' | 'podman' | 'nerdctl' | 'buildah';
  /** Absolute path of the client. */
  readonly program: string;
  /** `buildx`: the plug-in; `buildkit`: built into clients up to 22; `legacy`: docker's old builder. */
  readonly builder: 'buildx' | 'buildkit' | 'legacy' | 'podman' | 'nerdctl' | 'buildah';
  /** The builder that buildx is told to use; its selected one without. */
  readonly builderName?: string;
  /** How it tells its progress; `rawjson` from buildx 0.13 on. */
  readonly progress: 'rawjson' | 'plain' | 'steps';
  /** For people: `docker 20.10.24 (BuildKit)`. */
  readonly title: string;
  /** One sentence about what works less well than it could. */
  readonly note?: string;
  /** Environment for every program of this engine. */
  readonly environment: Environment;
}

/** Why there is no engine: one sentence that ends with what to do. */
export interface EngineProblem {
  readonly problem: string;
}

/** Values of `goDockerfile.engine`. */
export const engineNames = ['auto', 'docker', 'podman', 'nerdctl', 'buildah'] as const;

/** `goDockerfile.engine`, `goDockerfile.enginePath` and `goDockerfile.build.builder`. */
export interface EngineSettings {
  readonly engine: (typeof engineNames)[number];
  /** Empty: search the PATH. */
  readonly enginePath?: string;
  /** A builder of buildx; empty: the selected one. */
  readonly builder?: string;
}

/** Environment variables as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** An instruction of the Dockerfile: zero-based first line, text as written (continuations and heredoc included). */
export interface InstructionText {
  readonly line: number;
  readonly text: string;
}

/** What to build. Paths are absolute. */
export interface BuildInput {
  readonly dockerfile: string;
  readonly context: string;
  /** All instructions in order, ARG before the first FROM included: failures are traced back to them. */
  readonly instructions: readonly InstructionText[];
  readonly options?: BuildOptions;
  /** Nothing is taken from the cache. */
  readonly fresh?: boolean;
}

/** How far a step is. */
export interface StepState {
  /** Zero-based line of its instruction; undefined where it has none. */
  readonly line: number | undefined;
  /** `builder: RUN go build ./...` */
  readonly name: string;
  readonly state: 'running' | 'done' | 'cached' | 'failed' | 'cancelled';
  /** How long it took; undefined where the engine does not tell. */
  readonly milliseconds: number | undefined;
}

/** What a build tells while it runs. */
export interface BuildCallbacks {
  /** A piece of the engine's output: whole lines, ANSI colours, `\r\n` line ends. */
  readonly onLog: (text: string) => void;
  /** The step that runs now, such as `builder: RUN go build ./...`. */
  readonly onStep: (step: string) => void;
  /** A step began or ended. */
  readonly onStepState?: (step: StepState) => void;
}
