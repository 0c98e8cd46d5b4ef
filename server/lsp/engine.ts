import { parseDockerfile } from '../analysis/dockerfile/parse.ts';
import type { EngineFinder } from '../image/engine.ts';
import type { EngineSettings, Engine as FoundEngine, StepState } from '../image/engine-model.ts';
import { instructionTexts } from '../image/instruction-texts.ts';
import type { ReportQuestion } from '../image/report-built.ts';
import type { SbomQuestion } from '../image/sbom-built.ts';
import type { BuildOptions, BuildOutcome, ImageReport } from '../protocol.ts';

/** One build of one Dockerfile; absolute paths. */
export interface BuildJob {
  readonly dockerfile: string;
  readonly context: string;
  /** What lies on disk. */
  readonly text: string;
  readonly settings: EngineSettings;
  readonly options: BuildOptions;
  readonly previousSize: number | undefined;
  /** Bytes that the image may have. */
  readonly budget: number | undefined;
}

/** What a running build tells. */
export interface BuildEvents {
  readonly step: (text: string) => void;
  readonly stepState: (step: StepState) => void;
  /** The engine's output, with ANSI colours and `\r\n` line ends. */
  readonly log: (text: string) => void;
}

/** What the language server needs of `server/image`. */
export interface Engine {
  /** Never rejects for what the engine or the Dockerfile did wrong: that is an outcome. */
  readonly build: (job: BuildJob, events: BuildEvents, signal: AbortSignal) => Promise<BuildOutcome>;
  /** Rejects with a sentence. */
  readonly report: (question: ReportQuestion, settings: EngineSettings, signal: AbortSignal) => Promise<ImageReport>;
  /** Rejects with a sentence. */
  readonly sbom: (
    question: SbomQuestion,
    settings: EngineSettings,
    signal: AbortSignal,
  ) => Promise<{ readonly text: string; readonly summary: string }>;
  /** `6.7 MB · 12 s · −352 MB` and what stands behind it; for other outcomes what happened. */
  readonly describe: (outcome: BuildOutcome) => Promise<Title>;
}

/** A text for the lens and one for the hover. */
export interface Title {
  readonly title: string;
  readonly tooltip: string;
}

/** The container engines of this machine; nothing of them is loaded before the first build, and the one found is remembered. */
export function openEngine(): Engine {
  let finder: EngineFinder | undefined;
  const find = async (settings: EngineSettings, signal: AbortSignal): Promise<FoundEngine> => {
    const { engineFinder } = await import('../image/engine.ts');
    finder ??= engineFinder();
    const engine = await finder.find(settings, process.env, signal);
    if ('problem' in engine) throw new Error(engine.problem);
    return engine;
  };
  return {
    build: async ({ text, budget, ...job }, { step, stepState, log }, signal) => {
      const [{ runBuild }, { engineFinder }] = await Promise.all([
        import('../image/run-build.ts'),
        import('../image/engine.ts'),
      ]);
      finder ??= engineFinder();
      const instructions = instructionTexts(parseDockerfile(text));
      const request = { ...job, finder, instructions, environment: process.env };
      const outcome = await runBuild(request, { onStep: step, onStepState: stepState, onLog: log }, signal);
      return outcome.kind === 'built' && budget !== undefined ? { ...outcome, budget } : outcome;
    },
    report: async (question, settings, signal) => {
      const { reportBuilt } = await import('../image/report-built.ts');
      return reportBuilt(await find(settings, signal), question, process.env, signal);
    },
    sbom: async (question, settings, signal) => {
      const { sbomBuilt } = await import('../image/sbom-built.ts');
      return sbomBuilt(await find(settings, signal), question, signal);
    },
    describe: async (outcome) => {
      const { lensTitle, lensTooltip } = await import('../image/format.ts');
      return { title: lensTitle(outcome), tooltip: lensTooltip(outcome) };
    },
  };
}
