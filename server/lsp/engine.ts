import { parseDockerfile } from '../analysis/dockerfile/parse.ts';
import type { EngineSettings } from '../image/engine-model.ts';
import { instructionTexts } from '../image/instruction-texts.ts';
import type { BuildOptions, BuildOutcome } from '../protocol.ts';

/** One build of one Dockerfile; absolute paths. */
export interface BuildJob {
  readonly dockerfile: string;
  readonly context: string;
  /** What lies on disk. */
  readonly text: string;
  readonly settings: EngineSettings;
  readonly options: BuildOptions;
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
  /** Never rejects for what the engine or the Dockerfile did wrong: that is an outcome. */
  readonly build: (job: BuildJob, events: BuildEvents, signal: AbortSignal) => Promise<BuildOutcome>;
  /** `6.7 MB · 12 s · −352 MB` and what stands behind it; for other outcomes what happened. */
  readonly describe: (outcome: BuildOutcome) => Promise<Title>;
}

/** A text for the lens and one for the hover. */
export interface Title {
  readonly title: string;
  readonly tooltip: string;
}

/** The container engines of this machine; nothing of them is loaded before the first build. */
export const realEngine: Engine = {
  build: async ({ text, ...job }, { step, log }, signal) => {
    const { runBuild } = await import('../image/run-build.ts');
    const instructions = instructionTexts(parseDockerfile(text));
    const request = { ...job, instructions, environment: process.env };
    return runBuild(request, { onStep: step, onLog: log }, signal);
  },
  describe: async (outcome) => {
    const { lensTitle, lensTooltip } = await import('../image/format.ts');
    return { title: lensTitle(outcome), tooltip: lensTooltip(outcome) };
  },
};
