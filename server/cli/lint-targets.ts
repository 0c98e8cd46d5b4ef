import { analyze, type RuledFinding } from '../analysis/analyze.ts';
import { defaultConfig, onDay } from '../analysis/config.ts';
import { withFile } from '../analysis/config-file.ts';
import type { Dockerfile } from '../analysis/dockerfile/model.ts';
import { parseDockerfile } from '../analysis/dockerfile/parse.ts';
import { copySources } from '../project/copy-sources.ts';
import { below } from '../project/ignore-file.ts';
import { limited } from '../project/limit.ts';
import { createProjects, type Projects } from '../project/projects.ts';
import { type Configs, readConfigs } from './configs.ts';
import { type Console, wholeInput } from './console.ts';
import { decode, readDockerfile, whyNot } from './dockerfile-text.ts';
import { type Fixable, fixProject } from './lint-fix.ts';
import { type ChangedFile, type ChangedFiles, writeChanges } from './project-changes.ts';
import { nameOf, type Target } from './targets.ts';

/** One checked Dockerfile. */
export interface Linted {
  /** How it is named in text: relative to the current folder when it lies in it. */
  readonly name: string;
  /** Absolute; for standard input, the file it would be. */
  readonly file: string;
  /** The build context: absolute. */
  readonly context: string;
  /** What is left after fixing. */
  readonly findings: readonly RuledFinding[];
  /** Number of applied fixes. */
  readonly fixed: number;
  /** What fixing changes, the Dockerfile first; of a file that several change, the last has it all. */
  readonly changes: readonly ChangedFile[];
}

/** What becomes of the safe fixes: nothing, written, or worked out and written nowhere. */
export type Fixing = 'not' | 'write' | 'show';

/** Plain data. */
export interface LintResults {
  readonly linted: readonly Linted[];
  readonly problems: readonly string[];
}

/** A target with what it takes to check it. */
interface Job extends Omit<Fixable, 'alone' | 'pending'> {
  readonly target: Target;
  readonly dockerfile: Dockerfile;
  readonly changed: (paths: readonly string[]) => void;
  readonly console: Console;
}

/** Checks every target, and fixes it as told; those that cannot be read or written are problems, the others go on. */
export async function lintTargets(
  targets: readonly Target[],
  fixing: Fixing,
  console: Console,
  projects: Projects = createProjects(),
): Promise<LintResults> {
  const configs = readConfigs(console, projects);
  let pending: ChangedFiles = new Map();
  const lint = async (target: Target): Promise<Linted | string> => {
    try {
      const job = await jobOf(target, projects, configs, console);
      if (fixing === 'not') return await checkOne(job);
      const { linted, files } = await fixOne(job, fixing, pending);
      if (fixing === 'show') pending = files;
      return linted;
    } catch (error) {
      return `${target.name}: ${whyNot(error)}`;
    }
  };
  // What a fix writes may be what the next one reads.
  const run = limited(fixing === 'not' ? atOnce : 1);
  const results = await Promise.all(targets.map((target) => run(() => lint(target))));
  const linted = results.filter((result) => typeof result !== 'string');
  const problems = results.filter((result) => typeof result === 'string');
  return { linted, problems: [...configs.problems(), ...problems] };
}

/** Dockerfiles that are read while others are checked. */
const atOnce = 64;

async function jobOf(target: Target, projects: Projects, configs: Configs, console: Console): Promise<Job> {
  const read = target.standardInput ? decode(await wholeInput(console)) : await readDockerfile(target.file);
  const dockerfile = parseDockerfile(read.text);
  const workspace = workspaceOf(target, console);
  const { folder } = await projects.context(target.file, copySources(dockerfile), workspace);
  const config = await configs.of(target.file, workspace);
  return {
    target,
    read,
    dockerfile,
    context: folder,
    project: () => projects.load(folder, target.file),
    preview: (texts) => projects.preview(folder, target.file, texts),
    changed: (paths) => void projects.changed(paths),
    config: withFile(onDay(defaultConfig, console.today), config),
    console,
  };
}

async function checkOne(job: Job): Promise<Linted> {
  const { findings } = analyze(job.dockerfile, await job.project(), job.config);
  return lintedOf(job, findings);
}

const lintedOf = (
  { target, context }: Job,
  findings: readonly RuledFinding[],
  fixed = 0,
  changes: readonly ChangedFile[] = [],
): Linted => ({
  name: target.name,
  file: target.file,
  context,
  findings,
  fixed,
  changes,
});

/** `files` are the project files that are changed, those of other Dockerfiles (`pending`) included. */
async function fixOne(
  job: Job,
  fixing: 'write' | 'show',
  pending: ChangedFiles,
): Promise<{ readonly linted: Linted; readonly files: ChangedFiles }> {
  const { target } = job;
  const { text, mark, faithful } = job.read;
  const fixed = await fixProject({ ...job, alone: target.standardInput, pending });
  if (fixed.text !== text && !faithful) throw new Error('not fixed, because it is no UTF-8 text');
  const own = fixed.text === text ? [] : [{ file: target.file, mark, before: text, after: fixed.text }];
  if (fixing === 'write') await write(job, mark + fixed.text, own, fixed.files);
  const changes = [...own, ...fixed.files.values()];
  return { linted: lintedOf(job, fixed.findings, fixed.applied, changes), files: fixed.files };
}

async function write(job: Job, text: string, own: readonly ChangedFile[], files: ChangedFiles): Promise<void> {
  const { target, console } = job;
  if (target.standardInput) return console.out(text);
  await writeChanges([...files.values(), ...own]);
  for (const file of files.keys()) console.err(`wrote ${nameOf(file, console.folder)}\n`);
  job.changed([...files.keys()]);
}

/** The current folder bounds the build context of what lies in it; elsewhere the repository does. */
const workspaceOf = ({ file }: Target, { folder }: Console): string | undefined =>
  below(folder, file) === undefined ? undefined : folder;
