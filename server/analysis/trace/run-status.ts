import type { Dockerfile } from '../dockerfile/model.ts';
import type { ShellStep } from './shell-step.ts';

/** What comes after it is joined by `&&` alone: its status is that of the RUN. */
const onlyAnd = /^(?:[^;|&\n]|&&)*$/;

const setsExit = /(?:^|[\s;&])set\s+-\w*e|(?:^|\s)-o\s+errexit/;

const endsCommand = /^[ \t]*(?:;|\n|$)/;

const continuation = /[\\`][ \t]*\n(?:[ \t]*(?:#[^\n]*)?\n)*/g;

/** Whether a command that fails surely ends the build: nothing of the RUN makes its failure good or goes on after it. */
export const endsItsRun = ({ command, run }: ShellStep, { source }: Dockerfile): boolean => {
  if (run.form.kind !== 'shell' || command.runs !== 'always' || command.scope.length > 0) return false;
  const text = (from: number, to: number): string => {
    const part = source.content.slice(from, to).replaceAll('\r\n', '\n');
    return run.heredocs.length > 0 ? part : part.replace(continuation, ' ');
  };
  const [start, end] = [source.offset(command.range.start), source.offset(command.range.end)];
  const before = text(source.offset(run.range.start), start);
  const after = text(end, source.offset(run.range.end)).replaceAll(/\d?>&\d|&>/g, '');
  const program = command.words[0]?.raw ?? '';
  // An alias or a function of that name.
  if (before.includes(`${program}(`) || before.includes(`${program} (`) || /\balias\b|!\s*$/.test(before)) return false;
  return onlyAnd.test(after) || (setsExit.test(before) && endsCommand.test(after));
};
