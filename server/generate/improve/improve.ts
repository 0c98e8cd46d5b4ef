import type { Instruction } from '../../analysis/dockerfile/model.ts';
import { packageAt } from '../../analysis/go/package-at.ts';
import type { Reading } from '../../analysis/go/reading.ts';
import { knownValue } from '../../analysis/known.ts';
import type { ImproveOutcome } from '../../protocol.ts';
import { compileLines, downloadLines } from '../build-stage.ts';
import { targetArguments } from '../go-build.ts';
import { plan } from '../plan.ts';
import { copyLine, onAlpine, type Program, type Recipe } from '../recipe.ts';
import { builderPackages, installLines } from '../run-lines.ts';
import { lines } from '../text.ts';
import { type Author, buildInstructions, otherStages, readAuthor } from './author.ts';
import { improvedRecipe, leftOutFlags } from './improved-recipe.ts';
import { lastLines } from './last-lines.ts';
import { type Fate, fateOf } from './sort-build.ts';
import { commentsAbove, textOf, withComments } from './texts.ts';

interface Sorted {
  readonly instruction: Instruction;
  readonly fate: Fate;
  readonly early: boolean;
}

const sorted = (author: Author): readonly Sorted[] => {
  let early = true;
  return buildInstructions(author).flatMap((instruction): Sorted[] => {
    const fate =
      author.single && isAfterBuild(instruction, author) ? { kind: 'runs' as const } : fateOf(instruction, author);
    const here = { instruction, fate, early };
    if (fate.kind === 'replaced' && fate.by === 'source') early = false;
    return [here];
  });
};

const isAfterBuild = ({ range, keyword }: Instruction, { binary }: Author): boolean =>
  binary !== undefined && keyword !== 'WORKDIR' && range.start.line > binary.run.range.start.line;

const aliasOf = ({ chain }: Author): string => chain.at(-1)?.stage.name ?? 'build';

/** A file with one stage has no use for a name; a file with several keeps the one that others copy from. */
const stageName = (author: Author): string => (author.single ? 'build' : aliasOf(author));

/** A stage below, which stays, copies the sources. */
const hasSources = (author: Author): boolean =>
  author.shared.some(({ stage }) =>
    stage.instructions.some((instruction) => {
      const fate = fateOf(instruction, author);
      return fate.kind === 'replaced' && fate.by === 'source';
    }),
  );

const buildLines = (author: Author, recipe: Recipe, all: readonly Sorted[]): string => {
  const { dockerfile } = author;
  const above = (by: string): readonly string[] =>
    all.flatMap(({ instruction, fate }) =>
      fate.kind === 'replaced' && fate.by === by ? commentsAbove(dockerfile, instruction) : [],
    );
  const kept = (early: boolean): readonly string[] =>
    all
      .filter(({ fate, early: when }) => (fate.kind === 'kept' || fate.kind === 'both') && when === early)
      .flatMap(({ instruction }) => withComments(dockerfile, instruction));
  const { platforms, builder, root, workdir, copyModules, versionVariables } = recipe;
  const fromImage = author.shared.length === 0;
  return lines`
    ${above('builder')}
    FROM ${fromImage && platforms.length > 0 ? '--platform=$BUILDPLATFORM ' : ''}${builder} AS ${stageName(author)}
    ${fromImage ? installLines(onAlpine(recipe), builderPackages(recipe)) : undefined}
    WORKDIR ${workdir}
    ${kept(true)}

    ${above('modules')}
    ${copyModules}
    ${downloadLines(recipe)}

    ${above('source')}
    ${hasSources(author) ? undefined : copyLine(['.'], root === workdir ? '.' : root)}
    ${kept(false)}
    ${targetArguments(recipe)}
    ${versionVariables.length > 0 ? 'ARG VERSION=dev' : undefined}
    ${above('build')}
    ${compileLines(recipe)}
    ${extraLines(recipe)}
  `;
};

/** What the last stage copies beside the program. */
const extraLines = ({ base, programs }: Recipe): readonly string[] => [
  ...(programs.some(({ temp }) => temp) ? ['RUN mkdir -p /out/tmp'] : []),
  ...(base === 'scratch' && programs.some(({ passwd }) => passwd)
    ? ["RUN echo 'nonroot:x:65532:65532::/:/sbin/nologin' > /out/passwd"]
    : []),
];

/** Directives and arguments above the first FROM, with the comments among them. */
const head = ({ dockerfile }: Author): readonly string[] => {
  const first = dockerfile.stages[0]?.from;
  if (!first) return [];
  const text = dockerfile.source.content.slice(0, dockerfile.source.offset(first.range.start));
  const above = commentsAbove(dockerfile, first).length;
  const all = text.split(/\r?\n/).slice(0, -1);
  return all.slice(0, all.length - above);
};

const stageText = (
  { dockerfile }: Author,
  stage: { from: Instruction; instructions: readonly Instruction[] },
): string => {
  const last = stage.instructions.at(-1) ?? stage.from;
  const range = { start: stage.from.range.start, end: last.range.end };
  return `${[...commentsAbove(dockerfile, stage.from), ...textOf(dockerfile, { range })].join('\n')}\n`;
};

/** A package whose name is not certain is the only one there is. */
const mainOf = ({ facts }: Reading, importPath: string | undefined): string | undefined => {
  const found = [...facts.packages.values()].find((each) => each.importPath === importPath);
  return found?.dir === undefined ? undefined : packageAt(facts, found.dir)?.dir || '.';
};

/** Where a stage stands, relative to the one that compiles. */
const isBefore = (author: Author, index: number): boolean => index < (author.chain.at(-1)?.stage.index ?? 0);

/**
 * Rewrites a Dockerfile as ours would be, with the author's stages, arguments, labels, user steps and comments in it.
 * `folder` is the build context (absolute), `today` an ISO date. A sentence when it cannot be told what the file does.
 */
export const improve = (text: string, reading: Reading, folder: string, today: string): ImproveOutcome => {
  const author = readAuthor(text, reading);
  if ('reason' in author) return author;
  const planned = plan(reading, folder, mainOf(reading, knownValue(author.binary?.package ?? { known: false })));
  if (planned.mains.length === 0) return { reason: 'There is no Go program in the build context.' };
  if (author.binary && !author.binary.package.known && planned.mains.length > 1) {
    return { reason: 'Which of the programs is built cannot be told.' };
  }
  const recipe = improvedRecipe(author, reading, planned, today);
  const [program] = recipe.programs;
  if (!program) return { reason: 'There is no Go program in the build context.' };
  return written(author, recipe, program);
};

const written = (author: Author, recipe: Recipe, program: Program): ImproveOutcome => {
  const all = sorted(author);
  const about = author.single
    ? all.filter(({ fate }) => fate.kind === 'runs' || fate.kind === 'both').map(({ instruction }) => instruction)
    : author.last.stage.instructions;
  const last = lastLines(author, recipe, program, about, stageName(author));
  const others = otherStages(author);
  const parts = [
    head(author).length > 0 ? `${head(author).join('\n').trimEnd()}\n` : '',
    ...others.filter(({ index }) => isBefore(author, index)).map((stage) => stageText(author, stage)),
    buildLines(author, recipe, all),
    ...others.filter(({ index }) => !isBefore(author, index)).map((stage) => stageText(author, stage)),
    last.text,
  ];
  const gone = all.flatMap(({ fate, instruction }) => {
    if (fate.kind !== 'gone') return [];
    const comments = commentsAbove(author.dockerfile, instruction);
    return [...(fate.note === undefined ? [] : [fate.note]), ...comments];
  });
  const newline = author.dockerfile.source.newline;
  const dockerfile = parts.filter((part) => part !== '').join('\n');
  return {
    dockerfile: dockerfile.replaceAll('\n', newline),
    notKept: [...gone, ...leftOutFlags(author), ...last.notKept],
  };
};
