import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { Comment, Dockerfile, Instruction } from './dockerfile/model.ts';
import { insertLinesAbove } from './edits.ts';

const pragma = /^go-dockerfile\s+ignore=([\w,-]+)/;

const idsOf = (comment: Comment): readonly string[] => pragma.exec(comment.text)?.[1]?.split(',') ?? [];

const startLine = (range: Range): number => range.start.line;

const instructionsOf = (dockerfile: Dockerfile): readonly Instruction[] => [
  ...dockerfile.globalArgs,
  ...dockerfile.stages.flatMap((stage) => [stage.from, ...stage.instructions]),
];

/** The comments directly above a line: only comment and blank lines stand between. */
const commentsAbove = (dockerfile: Dockerfile, line: number): readonly Comment[] => {
  const lines = dockerfile.source.content.split('\n');
  const byLine = new Map(dockerfile.comments.map((comment) => [startLine(comment.range), comment]));
  const found: Comment[] = [];
  for (let above = line - 1; above >= 0; above -= 1) {
    const comment = byLine.get(above);
    if (comment) found.push(comment);
    else if (lines[above]?.trim() !== '') break;
  }
  return found;
};

/**
 * Tells whether `# go-dockerfile ignore=id` speaks of a place: above the instruction it lies in, or at the head of the
 * file, separated from the first instruction by a blank line, for all of it.
 */
export const isSuppressed = (dockerfile: Dockerfile): ((ruleId: string, range: Range) => boolean) => {
  if (!dockerfile.comments.some((comment) => pragma.test(comment.text))) return () => false;
  const instructions = instructionsOf(dockerfile);
  return (ruleId, range) => {
    const line = startLine(range);
    const owner = instructions.findLast((instruction) => startLine(instruction.range) <= line);
    const above = owner ? commentsAbove(dockerfile, startLine(owner.range)) : [];
    return above.some((comment) => idsOf(comment).includes(ruleId));
  };
};

/** The edit that ignores a rule for the instruction at `range`: a new comment above it, or an id more in the one there is. */
export const ignoreEdit = (dockerfile: Dockerfile, range: Range, ruleId: string): TextEdit => {
  const line = startLine(range);
  const owner = instructionsOf(dockerfile).findLast((instruction) => startLine(instruction.range) <= line);
  const target = owner?.range ?? range;
  const existing = commentsAbove(dockerfile, startLine(target)).find((comment) => pragma.test(comment.text));
  if (!existing) return insertLinesAbove(dockerfile.source, target, [`# go-dockerfile ignore=${ruleId}`]);
  const text = dockerfile.source.slice(existing.range);
  const ids = /ignore=[\w,-]+/.exec(text);
  const at = dockerfile.source.offset(existing.range.start) + (ids ? ids.index + ids[0].length : text.length);
  return { range: dockerfile.source.range(at, at), newText: `,${ruleId}` };
};
