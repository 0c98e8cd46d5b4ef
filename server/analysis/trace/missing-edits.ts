import { insertLinesBelow } from '../edits.ts';
import type { Fix, Subject } from '../rule.ts';
import type { CopyTrace, GoBinary } from './model.ts';
import { below } from './paths.ts';

/** A folder or file of the build context, and where the stage needs it. */
export interface Wanted {
  readonly source: string;
  readonly place: string;
}

/** The COPY below which others can stand: the last one of the stage, before the command, that reads the build context. */
export const copyBefore = ({ stage, run }: GoBinary, { dockerfile, trace }: Subject): CopyTrace | undefined => {
  const { source } = dockerfile;
  const end = source.offset(run.range.start);
  return trace.stages[stage]?.copies.findLast(
    ({ from, instruction }) => from === undefined && source.offset(instruction.range.start) < end,
  );
};

const isPlain = (path: string): boolean => /^[\w./@+-]+$/.test(path);

/** `COPY internal ./internal`, seen from the working directory where it can be. */
const copyLine = ({ source, place }: Wanted, { workdir }: CopyTrace): string => {
  const rest = workdir.known ? below(workdir.value, place) : undefined;
  return `COPY ${source} ${rest === undefined ? place : `./${rest}`}`;
};

/** Copies what is missing with lines of their own; undefined without a COPY to stand below, or for names with blanks. */
export const copyFix = (binary: GoBinary, wanted: readonly Wanted[], subject: Subject): Fix | undefined => {
  const copy = copyBefore(binary, subject);
  if (!copy || copy.instruction.onbuild || !wanted.every(({ source }) => isPlain(source))) return undefined;
  const lines = [...new Set(wanted.map((each) => copyLine(each, copy)))];
  const edit = insertLinesBelow(subject.dockerfile.source, copy.instruction.range, lines);
  return { title: `Copy ${wanted.map(({ source }) => source).join(', ')}`, safe: true, edits: [edit] };
};
