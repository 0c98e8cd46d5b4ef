import { resolve } from 'node:path';
import { type Analysis, analyze } from '../../../server/analysis/analyze.ts';
import type { ProjectFacts } from '../../../server/analysis/go/project-facts.ts';
import { loaderOf } from '../../../server/analysis/trace/questions.ts';
import { onDataDay } from '../../support/day.ts';
import type { Engine } from '../engine.ts';
import type { Made } from '../images/references.ts';
import { factsOf } from '../judgement.ts';
import type { Row } from '../runner.ts';
import { type Build, buildAll, builder, command, folderOf } from './build.ts';
import { crossBuilds, targets } from './crosses.ts';
import { makeStarter, startsOn } from './starts.ts';

type Claim = 'starts' | 'fails' | 'unknown';

/** What was claimed of one program on one base, and what happened. */
interface Crossing {
  readonly build: Build;
  readonly target: string;
  readonly claim: Claim;
  readonly rules: readonly string[];
  /** `starts`, or why not. */
  readonly happened: string;
}

/** The trace's own verdict of the image's program. */
const verdictOf = ({ trace }: Analysis): Claim => {
  const linkage = trace.stages[0]?.binaries[0]?.linkage.verdict ?? 'unknown';
  const image = trace.stages.at(-1);
  if (linkage === 'unknown' || !image) return 'unknown';
  if (linkage === 'static') return 'starts';
  if (linkage === 'no-build') return 'fails';
  const loader = loaderOf(image);
  if (loader === 'unknown') return 'unknown';
  return loader === linkage ? 'starts' : 'fails';
};

const dockerfile = (cell: Build, target: string): string =>
  [...builder(cell), '', `FROM ${target}`, 'COPY --from=build /app /app', 'ENTRYPOINT ["/app"]', ''].join('\n');

const cross = (cell: Build, target: string, facts: ProjectFacts, happened: string): Crossing => {
  const analysis = analyze(dockerfile(cell, target), facts, onDataDay);
  const rules = analysis.findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
  return { build: cell, target, claim: verdictOf(analysis), rules, happened };
};

/** What is wrong with a crossing: a claim that did not come true, or an error reported of an image that works. */
const surpriseOf = ({ claim, rules, happened }: Crossing): string => {
  const starts = happened === 'starts';
  if (claim === 'starts' && !starts) return `the trace says that it starts, but: ${happened}`;
  if (claim === 'fails' && starts) return 'the trace says that it fails, but it starts';
  return starts && rules.length > 0 ? `${rules.join(', ')} is reported as an error, but it starts` : '';
};

const nameOf = ({ build, target }: Pick<Crossing, 'build' | 'target'>): string =>
  `${build.base}: import ${build.imports}, ${command(build, 'app')} on ${target}`;

const count = (all: readonly Crossing[], claim: Claim, starts: boolean): number =>
  all.filter((each) => each.claim === claim && (each.happened === 'starts') === starts).length;

const printTable = (all: readonly Crossing[]): void => {
  console.log(`${all.length} crossings${' '.repeat(8)}did start  did fail`);
  for (const claim of ['starts', 'fails', 'unknown'] as const) {
    const numbers = [true, false].map((starts) => String(count(all, claim, starts)).padStart(9));
    console.log(`  claimed ${claim.padEnd(12)} ${numbers.join(' ')}`);
  }
  const silent = all.filter(
    ({ claim, rules, happened }) => claim === 'fails' && rules.length === 0 && happened !== 'starts',
  );
  console.log(`  surely failing, and no error reported: ${silent.length}`);
  for (const crossing of silent.slice(0, 20)) console.log(`    ${nameOf(crossing)}`);
};

const crossAll = async (
  engine: Engine,
  made: Made,
  base: Build['base'],
  starter: string,
): Promise<readonly Crossing[]> => {
  const builds = crossBuilds.filter((each) => each.base === base);
  await buildAll(engine, made, 'crossing', base, builds);
  const folder = folderOf('crossing', base);
  const facts = await Promise.all(builds.map((_, index) => factsOf(resolve(folder, `cells/${index}`))));
  const crossings: Crossing[] = [];
  for (const target of targets) {
    const happened = await startsOn(engine, made, target, starter, resolve(folder, 'built'));
    for (const [index, cell] of builds.entries()) {
      const found = facts[index];
      if (found) crossings.push(cross(cell, target, found, happened.get(String(index)) ?? 'it was not built'));
    }
  }
  return crossings;
};

const rowOf = (base: string, target: string, all: readonly Crossing[], seconds: number): Row => {
  const wrong = all.flatMap((each) => (surpriseOf(each) ? [`${nameOf(each)}: ${surpriseOf(each)}`] : []));
  const name = `${base} on ${target}: ${all.length} programs, ${all.filter(({ claim }) => claim === 'unknown').length} unknown`;
  return {
    rule: 'crossing',
    name,
    verdict: wrong.length === 0 ? 'passed' : 'failed',
    seconds,
    reason: wrong.join('\n'),
  };
};

/** The names of the rows, for the list of what was skipped. */
export const crossNames: readonly string[] = [...new Set(crossBuilds.map(({ base }) => base))].flatMap((base) =>
  targets.map((target) => `${base} on ${target}`),
);

/** Builds every program once, starts it on every base, and compares what the trace says with what happened. */
export const runCrossings = async (engine: Engine, made: Made): Promise<readonly Row[]> => {
  const starter = await makeStarter();
  const rows: Row[] = [];
  const all: Crossing[] = [];
  for (const base of new Set(crossBuilds.map((each) => each.base))) {
    const start = performance.now();
    const crossings = await crossAll(engine, made, base, starter);
    const seconds = (performance.now() - start) / 1000 / targets.length;
    all.push(...crossings);
    for (const target of targets)
      rows.push(
        rowOf(
          base,
          target,
          crossings.filter((each) => each.target === target),
          seconds,
        ),
      );
  }
  printTable(all);
  return rows;
};
