import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { generate } from '../../../server/generate/generate.ts';
import { plan } from '../../../server/generate/plan.ts';
import { readForGenerator } from '../../../server/project/read-for-generator.ts';
import type { FinalBase, GenerateChoices, GeneratedFiles, GeneratePlan } from '../../../server/protocol.ts';
import { build, type Engine, imageSize, imageUser, removeImage, runImage } from '../engine.ts';
import { withAddition } from '../images/derived.ts';
import { type Made, provide, referencesOf } from '../images/references.ts';
import { workshop } from '../images/store.ts';
import { factsOf, findingLines, judge } from '../judgement.ts';
import { mustRun } from '../process.ts';
import type { Row } from '../runner.ts';
import { copyFolder } from '../world.ts';
import { type GeneratedCase, has } from './case.ts';
import { failedCheck, type Subject } from './checks.ts';
import { overLimit } from './limit.ts';
import { additionOf, withServers } from './servers.ts';

const folderOf = (project: string): string => {
  const here = resolve(import.meta.dirname, 'projects', project);
  return existsSync(here) ? here : resolve(import.meta.dirname, '../projects', project);
};

/** `project, base, changed choices`: one name for each case. */
export const generatedName = ({ project, base, change, fails, checks }: GeneratedCase): string =>
  [
    project.replace(/^(?:\.\.\/)+/, ''),
    base,
    ...Object.entries(change ?? {}).map(([key, value]) => `${key} ${String(value)}`),
    ...(fails ? ['fails'] : []),
    ...(base === 'alpine' && checks ? checks.map(({ kind }) => kind) : []),
  ].join(', ');

const toWindows = async (folder: string): Promise<void> => {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll(/\r?\n/g, '\r\n'));
  }
};

type Asked = Pick<GeneratedCase, 'base' | 'change' | 'environment'>;

const chosenBase = (base: GeneratedCase['base'], { recommended }: GeneratePlan): FinalBase =>
  base === 'recommended' || base === 'fitting' ? recommended.base : base;

/** Reads the project of a folder as the server does and writes both files beside it. */
export const generateInto = async (
  folder: string,
  asked: Asked,
): Promise<GeneratedFiles & { readonly plan: GeneratePlan; readonly choices: GenerateChoices }> => {
  const reading = await readForGenerator(await factsOf(folder), folder, asked.environment ?? {});
  const planned = plan(reading, folder, asked.change?.main);
  const base = chosenBase(asked.base, planned);
  // The gcc of both lab images is Debian's: a shared build cache would take one's objects for the other's.
  const cache = base === 'alpine' && planned.recommended.cgo ? 'layers' : planned.recommended.cache;
  const choices = { ...planned.recommended, base, cache, ...asked.change } as const;
  const files = generate(reading, choices);
  await writeFile(resolve(folder, 'Dockerfile'), files.dockerfile);
  await writeFile(resolve(folder, '.dockerignore'), files.dockerignore);
  return { ...files, plan: planned, choices };
};

/** A program of the lab in a folder of its own. */
const lay = async (asked: GeneratedCase, key: string): Promise<string> => {
  const folder = resolve(workshop, 'cases', key);
  await copyFolder(folderOf(asked.project), folder);
  if (asked.windows) await toWindows(folder);
  return asked.below === undefined ? folder : resolve(folder, asked.below);
};

const provideAll = async (engine: Engine, made: Made, asked: GeneratedCase, subject: Subject): Promise<void> => {
  const path = resolve(subject.folder, 'Dockerfile');
  const dockerfile = await readFile(path, 'utf8');
  for (const check of asked.checks ?? []) {
    if (check.kind !== 'context') continue;
    const from = resolve(folderOf(asked.project), check.folder);
    const file = resolve(subject.folder, '..', `${check.name}.Dockerfile`);
    await writeFile(file, 'FROM scratch\nCOPY . /\n');
    await mustRun(engine.program, ['build', '--tag', check.name, '--file', file, from], { env: engine.env });
  }
  const addition = await additionOf(engine, asked, folderOf(asked.project));
  if (addition) await writeFile(path, await withAddition(engine, made, dockerfile, addition));
  else for (const reference of referencesOf(dockerfile)) await provide(engine, made, reference);
};

const lastLines = (text: string): string => text.trim().split('\n').slice(-8).join('\n');

interface Generated extends Subject {
  readonly dockerfile: string;
  readonly choices: GenerateChoices;
}

/** Programs without C on the bases without anything, as long as their files and modules are those of this machine too. */
const isMeasured = (asked: GeneratedCase, { base, cgo, extras }: GenerateChoices): boolean =>
  (base === 'scratch' || base === 'distroless-static') &&
  !cgo &&
  !asked.change?.others &&
  !extras.includes('web') &&
  !extras.includes('upx') &&
  // They carry files that are opened while they run.
  !['opened', 'templates', 'blanks and ü'].includes(asked.project) &&
  !has(asked, 'private') &&
  !has(asked, 'ssh');

/** Builds, starts without rights, looks at it; what was not as it should be. */
const tried = async (asked: GeneratedCase, subject: Generated): Promise<{ wrong: string; bytes: number }> => {
  const { engine, folder, tag, options } = subject;
  const built = await build(engine, folder, tag, options);
  const log = built.stdout + built.stderr;
  if (asked.fails) {
    const as = built.code !== 0 && asked.fails.test(log);
    return { wrong: as ? '' : `it was to fail with ${asked.fails}: ${lastLines(log)}`, bytes: 0 };
  }
  if (built.code !== 0) return { wrong: `the build failed: ${lastLines(log)}`, bytes: 0 };
  const rights = ['--cap-drop=ALL', '--security-opt=no-new-privileges', ...(asked.writes ? [] : ['--read-only'])];
  const ended = await runImage(engine, tag, (output) => asked.says.test(output), rights);
  const said = ended.stdout + ended.stderr;
  const bytes = await imageSize(engine, tag);
  if (!asked.says.test(said)) return { wrong: `it ended with ${ended.code} and said: ${lastLines(said)}`, bytes };
  const user = await imageUser(engine, tag);
  if (!/^65532(:65532)?$/.test(user)) return { wrong: `it starts as "${user}"`, bytes };
  const over = isMeasured(asked, subject.choices)
    ? await overLimit(engine, { ...subject, main: subject.choices.main })
    : '';
  if (over) return { wrong: over, bytes };
  for (const check of asked.checks ?? []) {
    const wrong = await failedCheck(subject, check);
    if (wrong) return { wrong, bytes };
  }
  return { wrong: '', bytes };
};

const differences = async (engine: Engine, made: Made, asked: GeneratedCase, key: string) => {
  const folder = await lay(asked, key);
  const generated = await generateInto(folder, asked);
  const found = [...findingLines(await judge(folder))];
  if (asked.finding && !generated.plan.findings.some((line) => asked.finding?.test(line)))
    found.push(`the plan does not say ${asked.finding}: ${generated.plan.findings.join(' ')}`);
  const tag = `go-dockerfile-lab-case/${key}`;
  const work = async (options: readonly string[]) => {
    const subject = { engine, folder, tag, options, dockerfile: generated.dockerfile, choices: generated.choices };
    await provideAll(engine, made, asked, subject);
    return tried(asked, subject);
  };
  const contexts = (asked.checks ?? []).flatMap((check) => (check.kind === 'context' ? check.name : []));
  const { wrong, bytes } = await withServers(asked, work).finally(async () => {
    for (const name of [tag, ...contexts]) await removeImage(engine, name);
  });
  if (wrong) found.push(wrong);
  return { reason: found.length > 0 ? [...found, generated.dockerfile].join('\n') : '', bytes };
};

const runOne = async (engine: Engine, made: Made, asked: GeneratedCase): Promise<Row> => {
  const start = performance.now();
  const name = generatedName(asked);
  const key = `generated-${name}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const { reason, bytes } = await differences(engine, made, asked, key).catch((error: unknown) => ({
    reason: String(error),
    bytes: 0,
  }));
  const seconds = (performance.now() - start) / 1000;
  const size = bytes > 0 ? `  ${(bytes / 1e6).toFixed(2)} MB` : '';
  return { rule: 'generated', name: name + size, verdict: reason === '' ? 'passed' : 'failed', seconds, reason };
};

/** The bases that the plan offers for a project. */
const fitting = async (asked: GeneratedCase): Promise<readonly FinalBase[]> => {
  const folder = await lay(asked, 'generated-plan');
  const reading = await readForGenerator(await factsOf(folder), folder, {});
  const { bases } = plan(reading, folder, asked.change?.main);
  return bases.map(({ id }) => id).filter((id) => !asked.except?.includes(id));
};

/**
 * Generates a Dockerfile for a program, on one base or on every one that fits: no finding of ours, it builds, it runs
 * without rights, and what else the case says.
 */
export const runGenerated = async (engine: Engine, made: Made, asked: GeneratedCase): Promise<readonly Row[]> => {
  if (asked.base !== 'fitting') return [await runOne(engine, made, asked)];
  const rows: Row[] = [];
  for (const base of await fitting(asked)) rows.push(await runOne(engine, made, { ...asked, base }));
  return rows;
};
