import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { Comment, Dockerfile, Instruction } from './dockerfile/model.ts';
import { insertLinesAbove, removeLines, replace } from './edits.ts';
import { foreignIgnore, type Reach } from './foreign-ignores.ts';

/** An id in one of our own comments that silences no finding. */
export interface UnusedIgnore {
  readonly id: string;
  readonly range: Range;
  /** Takes the id out of the comment, or the comment with it. */
  readonly removal: TextEdit;
}

/** A rule that a comment silences, and on which lines; `own` is set for our own comments. */
interface Ignore {
  readonly ruleId: string;
  readonly first: number;
  readonly last: number;
  readonly own: UnusedIgnore | undefined;
}

/** `-- reason` may follow. */
const pragma = /^go-dockerfile\s+ignore=([\w-]+(?:\s*,\s*[\w-]+)*)/;

const startLine = (range: Range): number => range.start.line;

const instructionsOf = (dockerfile: Dockerfile): readonly Instruction[] => [
  ...dockerfile.globalArgs,
  ...dockerfile.stages.flatMap((stage) => [stage.from, ...stage.instructions]),
];

const isAboveAll = (dockerfile: Dockerfile, { range }: Comment): boolean => {
  const first = instructionsOf(dockerfile)[0];
  return first !== undefined && startLine(range) < startLine(first.range);
};

/** Before the first instruction, with a blank line between: such a comment is for all of the file. */
const isAtHead = (dockerfile: Dockerfile, { range }: Comment): boolean => {
  const first = instructionsOf(dockerfile)[0];
  if (!first || startLine(first.range) < startLine(range)) return false;
  const lines = dockerfile.source.content.split('\n').slice(startLine(range) + 1, startLine(first.range));
  return lines.some((line) => line.trim() === '');
};

/** The lines a comment speaks of, its own among them; undefined inside an instruction, and below the last one. */
const linesOf = (dockerfile: Dockerfile, comment: Comment, reach: Reach) => {
  if (reach === 'file') return { first: 0, last: Number.POSITIVE_INFINITY };
  const line = startLine(comment.range);
  const instructions = instructionsOf(dockerfile);
  const next = instructions.find(({ range }) => startLine(range) > line);
  if (!next || instructions.some(({ range }) => startLine(range) < line && range.end.line >= line)) return undefined;
  const stage = dockerfile.stages.find(
    ({ range }) => startLine(range) <= startLine(next.range) && range.end.line >= startLine(next.range),
  );
  if (reach === 'next' || !stage) return { first: line, last: next.range.end.line };
  return { first: Math.min(line, startLine(stage.range)), last: stage.range.end.line };
};

/** Each id of one of our comments, with what removes it. */
const ownIds = ({ source }: Dockerfile, comment: Comment): readonly UnusedIgnore[] => {
  const text = source.slice(comment.range);
  const list = pragma.exec(comment.text)?.[1];
  if (list === undefined) return [];
  const at = source.offset(comment.range.start) + text.indexOf(list, text.indexOf('ignore=') + 'ignore='.length);
  const ids = [...list.matchAll(/[\w-]+/g)];
  return ids.map(({ 0: id, index }, position) => {
    const range = source.range(at + index, at + index + id.length);
    const next = ids[position + 1];
    const before = ids[position - 1];
    if (ids.length === 1) return { id, range, removal: removeLines(comment.range) };
    const from = next || !before ? index : before.index + before[0].length;
    const to = next ? next.index : index + id.length;
    return { id, range, removal: replace(source.range(at + from, at + to), '') };
  });
};

/** Above the first instruction a comment may be for all of the file. */
const reachOf = (dockerfile: Dockerfile, comment: Comment, reach: Reach): Reach => {
  if (reach === 'directive') return isAboveAll(dockerfile, comment) ? 'file' : 'next';
  const widens = reach === 'stage' || pragma.test(comment.text);
  return widens && isAtHead(dockerfile, comment) ? 'file' : reach;
};

const ignoresOf = (dockerfile: Dockerfile): readonly Ignore[] =>
  dockerfile.comments.flatMap((comment): readonly Ignore[] => {
    const foreign = foreignIgnore(comment.text);
    const own = foreign ? [] : ownIds(dockerfile, comment);
    if (!foreign && own.length === 0) return [];
    const lines = linesOf(dockerfile, comment, reachOf(dockerfile, comment, foreign?.reach ?? 'next'));
    const none = { first: 0, last: -1 };
    if (foreign) return foreign.rules.map((ruleId) => ({ ruleId, ...(lines ?? none), own: undefined }));
    return own.map((each) => ({ ruleId: each.id, ...(lines ?? none), own: each }));
  });

const covers = (ignore: Ignore, { rule, range }: Placed): boolean =>
  ignore.ruleId === rule && ignore.first <= startLine(range) && startLine(range) <= ignore.last;

interface Placed {
  readonly rule: string;
  readonly range: Range;
}

/** What the comments of a file silence. */
export interface Suppression {
  silences(finding: Placed): boolean;
  /** Our own ids that silence none of these findings. */
  unused(findings: readonly Placed[]): readonly UnusedIgnore[];
}

/**
 * Reads `# go-dockerfile ignore=id,id -- reason`, which speaks of the next instruction or, at the head of the file with
 * a blank line below, of all of it; and comments of other tools that ignore a rule of the same meaning.
 */
export const readSuppression = (dockerfile: Dockerfile): Suppression => {
  const ignores = ignoresOf(dockerfile);
  return {
    silences: (finding) => ignores.some((ignore) => covers(ignore, finding)),
    unused: (findings) =>
      ignores.flatMap((ignore) =>
        ignore.own && !findings.some((finding) => covers(ignore, finding)) ? [ignore.own] : [],
      ),
  };
};

/** The comment of ours that speaks of the instruction which starts in a line and of nothing else. */
const commentOf = (dockerfile: Dockerfile, line: number): Comment | undefined =>
  dockerfile.comments.findLast(
    (comment) =>
      pragma.test(comment.text) &&
      !isAtHead(dockerfile, comment) &&
      startLine(comment.range) < line &&
      instructionsOf(dockerfile).find(({ range }) => startLine(range) > startLine(comment.range))?.range.start.line ===
        line,
  );

/** The edit that ignores a rule for the instruction at `range`: a new comment above it, or an id more in the one there is. */
export const ignoreEdit = (dockerfile: Dockerfile, range: Range, ruleId: string): TextEdit => {
  const owner = instructionsOf(dockerfile).findLast((instruction) => startLine(instruction.range) <= startLine(range));
  const target = owner?.range ?? range;
  const existing = commentOf(dockerfile, startLine(target));
  const last = existing && ownIds(dockerfile, existing).at(-1);
  if (!last) return insertLinesAbove(dockerfile.source, target, [`# go-dockerfile ignore=${ruleId}`]);
  return replace({ start: last.range.end, end: last.range.end }, `,${ruleId}`);
};
