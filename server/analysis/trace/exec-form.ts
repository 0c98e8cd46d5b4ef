import type { TextEdit } from 'vscode-languageserver-types';
import type { Dockerfile, Form, Instruction } from '../dockerfile/model.ts';
import { replace } from '../edits.ts';
import { commandsOfForm } from '../shell/commands.ts';
import { literal } from '../shell/expand.ts';
import type { SimpleCommand } from '../shell/model.ts';
import type { StageTrace } from './model.ts';

/** CMD beside an exec-form ENTRYPOINT is its arguments: no shell starts. */
export const isArguments = (instruction: Instruction, stage: StageTrace): boolean =>
  instruction.keyword === 'CMD' && stage.entrypoint !== undefined && stage.entrypoint !== instruction;

/** A later instruction of the stage takes its place. */
export const isOverridden = (instruction: Instruction, stage: StageTrace): boolean =>
  (instruction.keyword === 'CMD' && stage.cmd !== instruction) ||
  (instruction.keyword === 'ENTRYPOINT' && stage.entrypoint !== instruction);

/** The one plain command of a shell form; undefined for anything more. */
export const onlyCommand = (form: Form, dockerfile: Dockerfile): SimpleCommand | undefined => {
  if (form.kind !== 'shell') return undefined;
  const { commands, complete } = commandsOfForm(form, dockerfile);
  const [only] = commands;
  if (!complete || !only || commands.length > 1 || only.assignments.length > 0 || only.redirects.length > 0)
    return undefined;
  return only;
};

/** The exec form of one simple command without anything a shell would do; undefined for all else. */
export const toExec = (form: Form, dockerfile: Dockerfile): readonly TextEdit[] | undefined => {
  const only = onlyCommand(form, dockerfile);
  const words = only?.words.map((word) => (/[$`*?~[\]{}!]/.test(word.raw) ? undefined : literal(word)));
  if (!words || words.length === 0 || words.includes(undefined)) return undefined;
  if (dockerfile.source.slice(form.range).includes('\n')) return undefined;
  return [replace(form.range, `[${words.map((word) => JSON.stringify(word)).join(', ')}]`)];
};
