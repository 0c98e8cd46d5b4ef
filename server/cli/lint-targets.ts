import { analyze, type Fixed, fixAll, type RuledFinding, safeFix } from '../analysis/analyze.ts';
import { type Config, defaultConfig, onDay } from '../analysis/config.ts';
import { withFile } from '../analysis/config-file.ts';
import type { Dockerfile } from '../analysis/dockerfile/model.ts';
import { parseDockerfile } from '../analysis/dockerfile/parse.ts';
import { sourceText } from '../analysis/dockerfile/source-text.ts';
import { applyEdits } from '../analysis/edits.ts';
import type { ProjectFacts } from '../analysis/go/project-facts.ts';
import { inferContext } from '../project/context.ts';
import { copySources } from '../project/copy-sources.ts';
import { below } from '../project/ignore-file.ts';
import { limited } from '../project/limit.ts';
import { createProjects, type Projects } from '../project/projects.ts';
import { type Configs, readConfigs } from './configs.ts';
import { type Console, wholeInput } from './console.ts';
import { type DockerfileText, decode, readDockerfile, replaceDockerfile, whyNot } from './dockerfile-text.ts';
import { changeProject } from './project-changes.ts';
import { nameOf, type Target } from './targets.ts';

/** One checked Dockerfile. */
export interface Linted {
  readonly name: string;
  /** The build context: absolute. */
  readonly context: string;
  /** What is left after fixing. */
  readonly findings: readonly RuledFinding[];
  /** Number of applied fixes. */
  readonly fixed: number;
}

/** Plain data. */
export interface LintResults {
  readonly linted: readonly Linted[];
  readonly problems: readonly string[];
}

/** A target with what it takes to check it. */
interface Job {
  readonly target: Target;
  readonly read: DockerfileText;
  readonly dockerfile: Dockerfile;
  /** The build context: absolute. */
  readonly context: string;
  readonly project: () => Promise<ProjectFacts>;
  readonly changed: (paths: readonly string[]) => void;
  readonly config: Config;
  readonly console: Console;
}

/** Checks, and with `fix` fixes, every target; those that cannot be read or written are problems, the others go on. */
export async function lintTargets(
  targets: readonly Target[],
  fix: boolean,
  console: Console,
  projects: Projects = createProjects(),
): Promise<LintResults> {
  const configs = readConfigs(console);
  const lint = async (target: Target): Promise<Linted | string> => {
    try {
      const job = await jobOf(target, projects, configs, console);
      return fix ? await fixOne(job) : await checkOne(job);
    } catch (error) {
      return `${target.name}: ${whyNot(error)}`;
    }
  };
  // What a fix writes may be what the next one reads.
  const run = limited(fix ? 1 : atOnce);
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
  const asked = await projects.askedContexts(target.file);
  const { folder } = await inferContext(target.file, copySources(dockerfile), workspaceOf(target, console), asked);
  const config = await configs.of(target.file, workspaceOf(target, console));
  return {
    target,
    read,
    dockerfile,
    context: folder,
    project: () => projects.load(folder, target.file),
    changed: (paths) => void projects.changed(paths),
    config: withFile(onDay(defaultConfig, console.today), config),
    console,
  };
}

async function checkOne(job: Job): Promise<Linted> {
  const { findings } = analyze(job.dockerfile, await job.project(), job.config);
  return lintedOf(job, findings, 0);
}

const lintedOf = ({ target, context }: Job, findings: readonly RuledFinding[], fixed: number): Linted => ({
  name: target.name,
  context,
  findings,
  fixed,
});

async function fixOne(job: Job): Promise<Linted> {
  const { target, console } = job;
  const { text, mark, faithful } = job.read;
  const fixed = await fixProject(job);
  if (target.standardInput) console.out(mark + fixed.text);
  else if (fixed.text !== text) {
    if (!faithful) throw new Error('not fixed, because it is no UTF-8 text');
    await replaceDockerfile(target.file, mark + fixed.text);
  }
  return lintedOf(job, fixed.findings, fixed.applied);
}

/** A project file that is changed changes what is true: everything is looked at again, at most so often. */
const mostRounds = 10;

/** The Dockerfile's fixes, and those that change project files as well; standard input has no project to write to. */
async function fixProject(job: Job): Promise<Fixed> {
  let fixed = fixAll(job.read.text, await job.project(), job.config);
  for (let round = 0; round < mostRounds && !job.target.standardInput && job.read.faithful; round += 1) {
    const fix = fixed.findings.map(safeFix).find((one) => one?.files);
    if (!fix?.files) break;
    const changed = await changeProject(job.context, fix.files);
    for (const file of changed) job.console.err(`wrote ${nameOf(file, job.console.folder)}\n`);
    job.changed(changed);
    const text = applyEdits(sourceText(fixed.text), fix.edits);
    const next = fixAll(text, await job.project(), job.config);
    fixed = { ...next, applied: fixed.applied + 1 + next.applied };
  }
  return fixed;
}

/** The current folder bounds the build context of what lies in it; elsewhere the repository does. */
const workspaceOf = ({ file }: Target, { folder }: Console): string | undefined =>
  below(folder, file) === undefined ? undefined : folder;
