import { besideCases } from './beside/asked.ts';
import { runBake } from './beside/bake.ts';
import { callerCases, runCallers } from './beside/callers.ts';
import { runWorkflow } from './beside/workflow.ts';
import { buildKitCases } from './buildkit/cases.ts';
import { runBuildKitCase } from './buildkit/run.ts';
import { table } from './cases/index.ts';
import { checkCases } from './checks/cases.ts';
import { runCheckCase } from './checks/run.ts';
import { type Engine, findEngine, type NoEngine } from './engine.ts';
import { failures } from './failures/index.ts';
import { runFailure } from './failures/run.ts';
import { generatedCases } from './generate/cases.ts';
import { generatedName, runGenerated } from './generate/run.ts';
import type { Made } from './images/references.ts';
import { canMakeImages } from './images/store.ts';
import { improveCases, runImprove } from './improve/run.ts';
import { crossNames, runCrossings } from './linkage/cross.ts';
import { linkNames, runLinkCells } from './linkage/run.ts';
import { run } from './process.ts';
import { runKo } from './proof/ko.ts';
import { runRebuilds } from './proof/rebuild.ts';
import { runHeadline, runSideBySide } from './proof/sizes.ts';
import { compressionJobs } from './report/compressions.ts';
import { imageJobs } from './report/images.ts';
import { programJobs } from './report/programs.ts';
import { type Row, runCase } from './runner.ts';
import { runSizes, sizeNames } from './sizes/run.ts';
import { freeDisk, tidy } from './tidy.ts';

/** Experiments that are done together, under the names that `--only` looks at. */
interface Job {
  readonly names: readonly string[];
  readonly run: (engine: Engine, made: Made) => Promise<readonly Row[]>;
  /** It takes minutes and belongs to no rule: done only when it is named. */
  readonly onRequest?: true;
}

const jobsOfRules: readonly Job[] = table.flatMap(({ rule, cases }) =>
  cases.map(
    (labCase): Job => ({
      names: [`${rule} ${labCase.name}`],
      run: async (engine, made) => [await runCase(engine, made, rule, labCase)],
    }),
  ),
);

const otherJobs: readonly Job[] = [
  ...generatedCases.map(
    (asked): Job => ({
      names: [`generated ${generatedName(asked)}`],
      run: (engine, made) => runGenerated(engine, made, asked),
    }),
  ),
  ...improveCases.map(
    (labCase): Job => ({
      names: [`improve ${labCase.name}`],
      run: async (engine, made) => [await runImprove(engine, made, labCase)],
    }),
  ),
  { names: sizeNames.map((name) => `prefer-multi-stage ${name}`), run: runSizes },
  ...failures.map(
    (failure): Job => ({
      names: [`failures ${failure.name}`],
      run: (engine, made) => runFailure(engine, made, failure),
    }),
  ),
  { names: ['proof sizes'], run: runSideBySide },
  { names: ['proof headline'], run: runHeadline },
  { names: ['proof rebuild'], run: runRebuilds, onRequest: true },
  { names: ['proof ko'], run: runKo, onRequest: true },
  ...besideCases.flatMap((asked): readonly Job[] => [
    { names: [`beside workflow ${asked.name}`], run: async () => [await runWorkflow(asked)] },
    { names: [`beside bake ${asked.name}`], run: async (engine, made) => [await runBake(engine, made, asked)] },
  ]),
  ...callerCases.map(
    (labCase): Job => ({
      names: [`beside callers ${labCase.name}`],
      run: async (engine) => [await runCallers(engine, labCase)],
    }),
  ),
  ...buildKitCases.map(
    (labCase): Job => ({
      names: [`buildkit ${labCase.name}`],
      run: async (engine, made) => [await runBuildKitCase(engine, made, labCase)],
    }),
  ),
  ...checkCases.map(
    (labCase): Job => ({
      names: [`checks ${labCase.check} ${labCase.rule}`],
      run: async (engine, made) => [await runCheckCase(engine, made, labCase)],
    }),
  ),
  { names: linkNames.map((name) => `linkage ${name}`), run: runLinkCells },
  { names: crossNames.map((name) => `crossing ${name}`), run: runCrossings },
  ...[...compressionJobs, ...programJobs, ...imageJobs].map(
    ({ name, run }): Job => ({ names: [`report ${name}`], run: async (engine, made) => [await run(engine, made)] }),
  ),
];

const usage = 'usage: tsx test/lab/main.ts [--only TEXT]   TEXT is a part of "rule name"';

/** Experiments with rules share nothing but images; the others have ports, servers and daemons of their own, one at a time. */
interface Asked {
  readonly ofRules: readonly Job[];
  readonly others: readonly Job[];
}

/** The experiments that were asked for. */
const chosen = (args: readonly string[]): Asked => {
  const [flag, only = ''] = args;
  if (flag !== undefined && flag !== '--only') throw new Error(usage);
  const isAsked = ({ names, onRequest }: Job): boolean =>
    names.some((name) => name.includes(only)) && !(onRequest && only === '');
  const asked = { ofRules: jobsOfRules.filter(isAsked), others: otherJobs.filter(isAsked) };
  if (asked.ofRules.length + asked.others.length === 0) throw new Error(`no experiment is called so: ${only}`);
  return asked;
};

/** The engine, or why the lab cannot work on this machine. */
const equipment = async (): Promise<Engine | NoEngine> => {
  if ((await run('go', ['version'])).code !== 0) {
    return { reason: 'no go on the PATH', enable: 'sudo apt-get install -y golang-go' };
  }
  if (!(await canMakeImages())) {
    return {
      reason: 'base images are made with debootstrap, by root',
      enable: 'sudo apt-get install -y debootstrap && sudo npm run lab',
    };
  }
  return findEngine();
};

const print = ({ rule, name, verdict, seconds, reason }: Row): void => {
  console.log(`${verdict.padEnd(8)}${rule.padEnd(24)}${name}  (${seconds.toFixed(1)} s)`);
  if (reason) console.log(reason.replaceAll(/^/gm, '          '));
};

/** A job that could not be done at all; the others are done nevertheless. */
const broken = ({ names }: Job, error: unknown): readonly Row[] =>
  names.map((name): Row => ({ rule: '', name, verdict: 'failed', seconds: 0, reason: String(error) }));

/** One experiment after the other. */
const runLane = async (engine: Engine, made: Made, jobs: Iterable<Job>): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const job of jobs) {
    const found = await job.run(engine, made).catch((error: unknown) => broken(job, error));
    for (const row of found) print(row);
    rows.push(...found);
    await tidy(engine);
  }
  return rows;
};

function* inTurn(own: Iterable<Job>, shared: Iterable<Job>): Iterable<Job> {
  yield* own;
  yield* shared;
}

/**
 * Two lanes side by side, because one waits for the engine while the other compiles; who is done takes from the shared
 * rest. A third was no quicker on two cores.
 */
const runAll = async (engine: Engine, { ofRules, others }: Asked): Promise<readonly Row[]> => {
  const made: Made = new Map();
  const shared = ofRules.values();
  const lanes = [inTurn(others, shared), shared];
  return (await Promise.all(lanes.map((jobs) => runLane(engine, made, jobs)))).flat();
};

const skipAll = ({ reason, enable }: NoEngine, { ofRules, others }: Asked): readonly Row[] => {
  console.log(`The lab is skipped: ${reason}. To enable it: ${enable}`);
  return [...ofRules, ...others].flatMap(({ names }) =>
    names.map((name): Row => ({ rule: '', name, verdict: 'skipped', seconds: 0, reason })),
  );
};

const main = async (): Promise<void> => {
  const asked = chosen(process.argv.slice(2));
  const engine = await equipment();
  if (!('reason' in engine)) console.log(`${engine.name}, ${engine.program}, ${await freeDisk()}`);
  const rows = 'reason' in engine ? skipAll(engine, asked) : await runAll(engine, asked);
  console.log(await freeDisk());
  const count = (verdict: Row['verdict']): number => rows.filter((row) => row.verdict === verdict).length;
  console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
  const unacceptable = count('failed') + (process.env.CI === 'true' ? count('skipped') : 0);
  process.exitCode = unacceptable > 0 ? 1 : 0;
};

await main();
