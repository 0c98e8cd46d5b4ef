import { analyze, fixAll, type RuledFinding } from '../analysis/analyze.ts';
import { type Config, defaultConfig, onDay } from '../analysis/config.ts';
import { parseDockerfile } from '../analysis/dockerfile/parse.ts';
import type { ProjectFacts } from '../analysis/go/project-facts.ts';
import { inferContext } from '../project/context.ts';
import { copySources } from '../project/copy-sources.ts';
import { below } from '../project/ignore-file.ts';
import { createProjects } from '../project/projects.ts';
import type { Console } from './console.ts';
import { type DockerfileText, decode, readDockerfile, replaceDockerfile, whyNot } from './dockerfile-text.ts';
import type { Target, Targets } from './targets.ts';

/** One checked Dockerfile. */
export interface Linted {
  readonly name: string;
  /** What is left after fixing. */
  readonly findings: readonly RuledFinding[];
  /** Number of applied fixes. */
  readonly fixed: number;
}

/** Checks, and with `fix` fixes, every target; those that cannot be read or written are problems, the others go on. */
export async function lintTargets(
  { targets }: Targets,
  fix: boolean,
  console: Console,
): Promise<{ readonly linted: readonly Linted[]; readonly problems: readonly string[] }> {
  const projects = createProjects();
  const config = onDay(defaultConfig, console.today);
  const linted: Linted[] = [];
  const problems: string[] = [];
  for (const target of targets) {
    try {
      const read = target.standardInput ? decode(await console.input()) : await readDockerfile(target.file);
      const sources = copySources(parseDockerfile(read.text));
      const { folder } = await inferContext(target.file, sources, workspaceOf(target, console));
      const project = await projects.load(folder, target.file);
      if (fix) linted.push(await fixOne(target, read, project, config, console));
      else linted.push({ name: target.name, findings: analyze(read.text, project, config).findings, fixed: 0 });
    } catch (error) {
      problems.push(`${target.name}: ${whyNot(error)}`);
    }
  }
  return { linted, problems };
}

async function fixOne(
  target: Target,
  { text, mark, faithful }: DockerfileText,
  project: ProjectFacts,
  config: Config,
  console: Console,
): Promise<Linted> {
  const fixed = fixAll(text, project, config);
  if (target.standardInput) console.out(mark + fixed.text);
  else if (fixed.text !== text) {
    if (!faithful) throw new Error('not fixed, because it is no UTF-8 text');
    await replaceDockerfile(target.file, mark + fixed.text);
  }
  return { name: target.name, findings: fixed.findings, fixed: fixed.applied };
}

/** The current folder bounds the build context of what lies in it; elsewhere the repository does. */
const workspaceOf = ({ file }: Target, { folder }: Console): string | undefined =>
  below(folder, file) === undefined ? undefined : folder;
