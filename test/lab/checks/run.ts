import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Analysis, analyze, type RuledFinding } from '../../../server/analysis/analyze.ts';
import { sameMeaning } from '../../../server/analysis/foreign-rules.ts';
import { unsaid } from '../../../server/lsp/said-by-others.ts';
import type { CurrentBuildKit } from '../../engines/current-buildkit.ts';
import { ociContext } from '../../engines/oci.ts';
import { type Files, projectOf } from '../../support/project.ts';
import { onCurrentBuildKit } from '../current.ts';
import type { Engine } from '../engine.ts';
import { goMod } from '../failures/case.ts';
import { writeFolder } from '../folder.ts';
import { type Made, provide, referencesOf } from '../images/references.ts';
import { workshop } from '../images/store.ts';
import { run } from '../process.ts';
import type { Row } from '../runner.ts';
import type { CheckCase } from './cases.ts';

/** What BuildKit's checks say, one-based lines. */
interface Said {
  readonly check: string;
  readonly lines: readonly number[];
}

interface Warnings {
  readonly warnings: readonly Warning[] | null;
}

interface Warning {
  readonly ruleName: string;
  readonly location?: { readonly ranges?: readonly { readonly start: { readonly line: number } }[] };
}

/** Asks a current BuildKit to check a folder; it builds nothing. */
const checked = async (
  engine: Engine,
  { builder, environment }: CurrentBuildKit,
  folder: string,
  contexts: readonly string[],
): Promise<readonly Said[]> => {
  const args = ['buildx', 'build', '--builder', builder, '--call=check,format=json', ...contexts, '.'];
  const { stdout, stderr } = await run(engine.program, args, { cwd: folder, env: environment });
  if (!stdout.startsWith('{')) throw new Error(`the check said nothing: ${stderr}`);
  const { warnings }: Warnings = JSON.parse(stdout);
  return (warnings ?? []).map(({ ruleName, location }) => ({
    check: ruleName,
    lines: (location?.ranges ?? []).map(({ start }) => start.line),
  }));
};

/** Both say it, the editor says it once where it is of one line, and one comment silences both. */
const differences = async (
  { check, line, rule, ours, dockerfile }: CheckCase,
  files: Files,
  ask: (text: string) => Promise<readonly Said[]>,
): Promise<string> => {
  const theirs = await ask(dockerfile);
  const said = theirs.filter((one) => one.check === check).flatMap(({ lines }) => lines);
  if (!said.includes(line)) return `BuildKit says ${JSON.stringify(theirs)}`;
  const project = projectOf(files);
  const analysis = analyze(dockerfile, project);
  const isOurs = (finding: RuledFinding): boolean => finding.rule === rule && finding.range.start.line === ours - 1;
  if (!analysis.findings.some(isOurs)) return `we say ${ofAll(analysis)}`;
  const others = said.map((at) => ({ code: check, start: at - 1, end: at - 1 }));
  const isSaid = unsaid(analysis.findings, analysis.dockerfile, others).some(isOurs);
  if (isSaid === (line === ours)) return `beside ${check}, ${rule} is ${isSaid ? '' : 'not '}said`;
  const silenced = `# check=skip=${check}\n${dockerfile}`;
  if ((await ask(silenced)).some((one) => one.check === check)) return `BuildKit does not hear check=skip=${check}`;
  const left = analyze(silenced, project).findings.filter((one) => sameMeaning(check).includes(one.rule));
  return left.map((one) => one.rule).join(', ');
};

const ofAll = ({ findings }: Analysis): string =>
  findings.map(({ rule, range }) => `${rule} on line ${range.start.line + 1}`).join(', ') || 'nothing';

const module = { 'go.mod': goMod, 'main.go': 'package main\n\nfunc main() {}\n' };
/** The checks look at the configuration of a base image only: one stands for all. */
const base = 'alpine:3.23';

const surprise = async (engine: Engine, current: CurrentBuildKit, made: Made, labCase: CheckCase): Promise<string> => {
  const folder = resolve(workshop, 'checks', labCase.check, 'context');
  const files = { ...module, ...labCase.files };
  await writeFolder(folder, files);
  await provide(engine, made, base);
  const references = referencesOf(labCase.dockerfile).filter((reference) => /:/.test(reference));
  const contexts = references.map((one) => `--build-context=${one}=${ociContext(engine.program, base)}`);
  return differences(labCase, files, async (text) => {
    await writeFile(resolve(folder, 'Dockerfile'), text);
    return checked(engine, current, folder, contexts);
  });
};

/** One build check of a current BuildKit beside our rule of the same meaning. */
export const runCheckCase = (engine: Engine, made: Made, labCase: CheckCase): Promise<Row> =>
  onCurrentBuildKit({ rule: 'checks', name: labCase.check }, (current) => surprise(engine, current, made, labCase));
