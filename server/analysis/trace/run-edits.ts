import type { Range, TextEdit } from 'vscode-languageserver-types';
import type { Dockerfile, RunInstruction } from '../dockerfile/model.ts';
import { removeLines, replace, wholeLines } from '../edits.ts';
import { commandsOfRun } from '../shell/commands.ts';
import type { SimpleCommand } from '../shell/model.ts';

/** A command that stands on lines of its own, as in a heredoc. */
const ownLines = ({ range }: SimpleCommand, { source }: Dockerfile): Range | undefined => {
  const lines = wholeLines(range);
  const before = source.slice({ start: lines.start, end: range.start });
  const after = source.slice({ start: range.end, end: lines.end });
  return before.trim() === '' && /^[ \t]*\r?\n$/.test(after) ? lines : undefined;
};

/** A link of an `&&` chain, or of commands with `;`, with its operator: the one behind it, else the one before it. */
const link = (run: RunInstruction, { range }: SimpleCommand, { source }: Dockerfile): Range | undefined => {
  const [from, start, end, to] = [run.form.range.start, range.start, range.end, run.range.end].map(source.offset);
  const behind = /^[ \t]*(?:&&|;(?!;))(?:[ \t]|\\[ \t]*\r?\n)*/.exec(source.content.slice(end, to));
  if (behind) return source.range(start ?? 0, (end ?? 0) + behind[0].length);
  const before = /(?:[ \t]|\\[ \t]*\r?\n)*(?:&&|;)(?:[ \t]|\\[ \t]*\r?\n)*$/.exec(source.content.slice(from, start));
  return before ? source.range((start ?? 0) - before[0].length, end ?? 0) : undefined;
};

/** Takes one command out of a RUN, or all of the RUN when it is its only one; undefined where that cannot be done by a small edit. */
export const removeCommand = (
  run: RunInstruction,
  command: SimpleCommand,
  dockerfile: Dockerfile,
): TextEdit | undefined => {
  const { commands } = commandsOfRun(run, dockerfile);
  if (commands.every((each) => each === command)) return removeLines(run.range);
  if (command.scope.length > 0 || command.runs !== 'always' || run.form.kind === 'exec') return undefined;
  const range = run.heredocs.length > 0 ? ownLines(command, dockerfile) : link(run, command, dockerfile);
  return range && replace(range, '');
};
