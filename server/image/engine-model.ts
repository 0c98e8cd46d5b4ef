/** A container engine that answered, and how it builds. */
export interface Engine {
  readonly kind: 'docker' | 'podman';
  /** Absolute path of the client. */
  readonly program: string;
  /** `buildx`: the plug-in; `buildkit`: built into clients up to 22; `legacy`: docker's old builder; `podman`: buildah. */
  readonly builder: 'buildx' | 'buildkit' | 'legacy' | 'podman';
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

/** `goDockerfile.engine` and `goDockerfile.enginePath`; an empty path means: search the PATH. */
export interface EngineSettings {
  readonly engine: 'auto' | 'docker' | 'podman';
  readonly enginePath?: string;
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
  readonly target?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** Such as `linux/arm64`; the engine's own when absent. */
  readonly platform?: string;
}

/** What a build tells while it runs. */
export interface BuildCallbacks {
  /** A piece of the engine's output: whole lines, ANSI colours, `\r\n` line ends. */
  readonly onLog: (text: string) => void;
  /** The step that runs now, such as `builder 4/6: RUN go build ./...`. */
  readonly onStep: (step: string) => void;
}
