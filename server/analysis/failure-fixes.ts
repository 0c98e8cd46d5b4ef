import type { Range } from 'vscode-languageserver-types';
import type { Analysis } from './analyze.ts';
import { insertInstructionsAbove, replace } from './edits.ts';
import type { ProjectFacts } from './go/project-facts.ts';
import type { Fix } from './rule.ts';
import { inContext } from './trace/context-files.ts';
import type { GoStep, StageTrace } from './trace/model.ts';

/** A build that failed: the name of its cause, and the zero-based line of the instruction that failed. */
export interface BuildFailure {
  readonly cause: string;
  readonly line: number;
}

/** The rules that find the cause before the build: their fix is the fix. */
const rulesOf: Readonly<Record<string, readonly string[]>> = {
  'go-too-old': ['match-go-version'],
  'go-sum-entry': ['copy-existing-go-sum'],
  'local-module': ['copy-local-modules'],
  'no-go-mod': ['set-workdir'],
  'no-c-compiler': ['require-c-compiler'],
  'no-files-for-build': ['require-cgo', 'require-c-compiler'],
  'package-not-found': ['build-existing-package', 'copy-local-modules'],
  'package-not-in-std': ['build-existing-package'],
  'no-go-files': ['build-existing-package', 'set-workdir'],
  'no-main-package': ['build-main-package'],
  'multiple-packages': ['build-into-directory'],
  'cross-install': ['no-cross-go-install'],
  'no-shell': ['no-shell-without-shell'],
  'copy-source': ['copy-built-file', 'copy-existing-go-sum', 'copy-existing-source'],
  'image-not-found': ['no-unknown-golang-tag'],
};

/** Fixes for a build that failed, the likeliest first: the same that the rule of the cause gives, else our own. */
export const failureFixes = (analysis: Analysis, project: ProjectFacts, failure: BuildFailure): readonly Fix[] => {
  const rules = rulesOf[failure.cause] ?? [];
  const found = analysis.findings.filter(({ rule }) => rules.includes(rule)).flatMap(({ fixes }) => fixes);
  return found.length > 0 ? found : (editsOf[failure.cause]?.(analysis, project, failure) ?? []);
};

type Repair = (analysis: Analysis, project: ProjectFacts, failure: BuildFailure) => readonly Fix[];

const suggested = (title: string, edits: Fix['edits']): readonly Fix[] =>
  edits.length > 0 ? [{ title, safe: false, edits }] : [];

interface Failed {
  readonly stage: StageTrace;
  readonly steps: readonly GoStep[];
  readonly range: Range;
}

/** The RUN on the failing line, with its go commands. */
const failedRun = ({ trace }: Analysis, { line }: BuildFailure): Failed | undefined => {
  for (const stage of trace.stages) {
    const instruction = stage.stage.instructions.find(({ range }) => range.start.line === line);
    if (instruction?.keyword !== 'RUN') continue;
    const steps = stage.goSteps.filter(({ run }) => run === instruction);
    return { stage, steps, range: instruction.range };
  }
  return undefined;
};

const addFlag =
  (title: string, flag: string): Repair =>
  (analysis, _project, failure) => {
    const steps = failedRun(analysis, failure)?.steps ?? [];
    const building = steps.filter(({ command }) => ['build', 'install', 'test', 'run'].includes(command.verb));
    return suggested(
      title,
      building.map(({ command: { verbRange } }) => replace({ start: verbRange.end, end: verbRange.end }, ` ${flag}`)),
    );
  };

const addLine =
  (title: string, lineFor: (failed: Failed) => string | undefined): Repair =>
  ({ dockerfile, ...analysis }, _project, failure) => {
    const failed = failedRun({ dockerfile, ...analysis }, failure);
    const line = failed && lineFor(failed);
    return failed && line ? suggested(title, [insertInstructionsAbove(dockerfile.source, failed.range, [line])]) : [];
  };

const installGit = ({ stage }: Failed): string | undefined => {
  const { rootImage } = stage;
  if (rootImage?.libc === 'musl') return 'RUN apk add --no-cache git';
  return rootImage?.libc === 'glibc'
    ? 'RUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*'
    : undefined;
};

/** The COPY of the failed stage that brings go.mod and not go.sum, into a folder. */
const copyGoSum: Repair = (analysis, project, failure) => {
  if (inContext(project.context, 'go.sum') !== 'file') return [];
  const copies = failedRun(analysis, failure)?.stage.copies ?? [];
  const words = copies
    .filter(({ from, instruction }) => from === undefined && /[/.]$/.test(instruction.destination?.raw ?? ''))
    .flatMap(({ instruction }) => instruction.sources.filter(({ raw }) => raw === 'go.mod'));
  const edits = words.map(({ range: { end } }) => replace({ start: end, end }, ' go.sum'));
  return suggested('Copy go.sum too', edits);
};

const endWithSlash: Repair = ({ dockerfile }, _project, { line }) => {
  const copies = dockerfile.stages.flatMap(({ instructions }) => instructions);
  const failed = copies.find(({ range }) => range.start.line === line);
  if (failed?.keyword !== 'COPY' && failed?.keyword !== 'ADD') return [];
  const word = failed.destination;
  if (!word || /["'/]$/.test(word.raw)) return [];
  return suggested('End the destination with a slash', [replace({ start: word.range.end, end: word.range.end }, '/')]);
};

const editsOf: Readonly<Record<string, Repair>> = {
  'go-sum-entry': copyGoSum,
  'vcs-stamping': addFlag('Build with -buildvcs=false', '-buildvcs=false'),
  'vendor-inconsistent': addFlag('Build without the vendor folder (-mod=mod)', '-mod=mod'),
  'git-missing': addLine('Install git', installGit),
  'build-cache-permission': addLine('Put the build cache into /tmp', () => 'ENV GOCACHE=/tmp/go-build'),
  'copy-destination': endWithSlash,
};
