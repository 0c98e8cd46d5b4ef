import { noProject } from '../../server/analysis/go/no-project.ts';
import type { ProjectFacts } from '../../server/analysis/go/project-facts.ts';
import { lensTitle, lensTooltip } from '../../server/image/format.ts';
import type { ReportQuestion } from '../../server/image/report-built.ts';
import type { BuildEvents, BuildJob } from '../../server/lsp/engine.ts';
import type { Rooms } from '../../server/lsp/server.ts';
import type { ConfigFile } from '../../server/project/config-file.ts';
import type { BuildOutcome, ImageReport } from '../../server/protocol.ts';

/** A build that the test ends when it likes. */
export interface PendingBuild {
  readonly job: BuildJob;
  readonly events: BuildEvents;
  readonly signal: AbortSignal;
  readonly finish: (outcome: BuildOutcome) => void;
}

export interface TestRooms extends Rooms {
  /** Resolves with the next build that begins. */
  readonly nextBuild: () => Promise<PendingBuild>;
  /** What the engine was asked about images. */
  readonly reportQuestions: readonly ReportQuestion[];
  /** What it answers from now on; without one, that there is no such image. */
  readonly setReport: (report: ImageReport) => void;
  /** The paths the server told the projects of. */
  readonly toldChanges: readonly string[];
  /** The workspace's folders as the projects know them. */
  readonly toldFolders: () => readonly string[];
  /** The configuration file that is read next. */
  readonly setConfig: (config: ConfigFile | undefined) => void;
  /** Dockerfiles that lie around every project file, by their absolute paths. */
  readonly onDisk: Map<string, string>;
  /** What later checks see. */
  readonly setFacts: (facts: ProjectFacts) => void;
}

/** Rooms without disk and engine: a fixed project, and builds that wait for the test. A build that is aborted is cancelled. */
export function testRooms(contexts: readonly string[] = ['/project']): TestRooms {
  let facts = noProject;
  let config: ConfigFile | undefined;
  let report: ImageReport | undefined;
  const onDisk = new Map<string, string>();
  const reportQuestions: ReportQuestion[] = [];
  const toldChanges: string[] = [];
  let toldFolders: readonly string[] = [];
  const waiting: ((build: PendingBuild) => void)[] = [];
  const build = (job: BuildJob, events: BuildEvents, signal: AbortSignal): Promise<BuildOutcome> =>
    new Promise((finish) => {
      signal.addEventListener('abort', () => finish({ kind: 'cancelled' }));
      for (const resolve of waiting.splice(0)) resolve({ job, events, signal, finish });
    });
  return {
    projects: {
      facts: () => Promise.resolve(facts),
      folder: () => Promise.resolve(facts),
      config: () => Promise.resolve(config),
      contexts: () => Promise.resolve(contexts),
      dockerfilesAround: () => Promise.resolve([...onDisk.keys()]),
      preview: () => Promise.resolve(facts),
      text: (file) => Promise.resolve(onDisk.get(file)),
      changed: (paths) => void toldChanges.push(...paths),
      suspect: () => void toldChanges.push('anything'),
      setFolders: (folders) => {
        toldFolders = folders;
      },
    },
    engine: {
      build,
      report: (question) => {
        reportQuestions.push(question);
        return report ? Promise.resolve(report) : Promise.reject(new Error(`No such image: ${question.image}`));
      },
      sbom: ({ image, name, format }) =>
        image === 'app'
          ? Promise.resolve({ text: `${format} of ${name}`, summary: `${format}, 0 packages` })
          : Promise.reject(new Error(`No such image: ${image}`)),
      describe: (outcome) => Promise.resolve({ title: lensTitle(outcome), tooltip: lensTooltip(outcome) }),
    },
    today: () => new Date('2026-01-01'),
    generator: {
      plan: (folder) => Promise.reject(new Error(`nothing in ${folder}`)),
      generate: (folder, change) =>
        Promise.resolve({ dockerfile: `# ${folder}`, dockerignore: change.main ?? '', beside: [] }),
      improve: (_folder, text) => Promise.resolve({ dockerfile: `${text}# better\n`, notKept: [] }),
    },
    nextBuild: () => new Promise((resolve) => waiting.push(resolve)),
    reportQuestions,
    setReport: (changed) => {
      report = changed;
    },
    onDisk,
    toldChanges,
    toldFolders: () => toldFolders,
    setConfig: (changed) => {
      config = changed;
    },
    setFacts: (changed) => {
      facts = changed;
    },
  };
}
