import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Analysis, analyze, type RuledFinding } from '../../../server/analysis/analyze.ts';
import type { ProjectFacts } from '../../../server/analysis/go/project-facts.ts';
import { render } from '../../../server/analysis/known.ts';
import { rules } from '../../../server/analysis/rules/index.ts';
import { loaderOf } from '../../../server/analysis/trace/questions.ts';
import { onDataDay } from '../../support/day.ts';
import type { Engine } from '../engine.ts';
import type { Made } from '../images/references.ts';
import { factsOf } from '../judgement.ts';
import type { Row } from '../runner.ts';
import { type Build, buildAll, builder, command, folderOf } from './build.ts';
import { crossBuilds, targets } from './crosses.ts';
import { makeStarter, startsOn } from './starts.ts';

const noProgram = 'it was not built: ';

type Claim = 'starts' | 'fails' | 'unknown';

/** What was claimed of one program on one base, and what happened. */
interface Crossing {
  readonly build: Build;
  readonly target: string;
  readonly claim: Claim;
  /** The errors that are reported. */
  readonly errors: readonly RuledFinding[];
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
  const errors = analysis.findings.filter(({ severity }) => severity === 'error');
  return { build: cell, target, claim: verdictOf(analysis), errors, happened };
};

const fails = ({ claim, happened }: Crossing): boolean => claim === 'fails' && happened !== 'starts';

/** Whether an error, or the page of its rule, has the words in which a failure was told. */
const tells = ({ rule, message }: RuledFinding, happened: string): boolean => {
  const quoted = /stops with "(.+)"\.$/.exec(render(message))?.[1];
  if (quoted !== undefined) return happened.includes(quoted);
  const why = rules.find(({ id }) => id === rule)?.why ?? '';
  const printed = happened.startsWith(noProgram) ? undefined : /no such file or directory/.exec(happened)?.[0];
  return printed !== undefined && why.includes(printed);
};

/** What is wrong with a crossing: a claim that did not come true, an error of an image that works, or none of one that does not. */
const surpriseOf = (crossing: Crossing): string => {
  const { claim, errors, happened } = crossing;
  const starts = happened === 'starts';
  const names = errors.map(({ rule }) => rule).join(', ');
  if (claim === 'starts' && !starts) return `the trace says that it starts, but: ${happened}`;
  if (claim === 'fails' && starts) return 'the trace says that it fails, but it starts';
  if (starts && errors.length > 0) return `${names} is reported as an error, but it starts`;
  if (!fails(crossing)) return '';
  if (errors.length === 0) return `it fails, and no error is reported: ${happened}`;
  return errors.some((error) => tells(error, happened)) ? '' : `${names} says other words than: ${happened}`;
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
  const silent = all.filter((crossing) => fails(crossing) && crossing.errors.length === 0);
  console.log(`  sure failures without an error: ${silent.length}`);
};

/** What go build said of each program that it did not build. */
const saidOf = (folder: string, count: number): Promise<readonly string[]> =>
  Promise.all(
    Array.from(
      { length: count },
      async (_, index) => noProgram + (await readFile(resolve(folder, `said/${index}`), 'utf8')),
    ),
  );

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
  const said = await saidOf(folder, builds.length);
  const crossings: Crossing[] = [];
  for (const target of targets) {
    const happened = await startsOn(engine, made, target, starter, resolve(folder, 'built'));
    for (const [index, cell] of builds.entries()) {
      const found = facts[index];
      if (found) crossings.push(cross(cell, target, found, happened.get(String(index)) ?? said[index] ?? noProgram));
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
