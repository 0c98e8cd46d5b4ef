import type { RunInstruction } from '../../dockerfile/model.ts';
import { type Known, unknown } from '../../known.ts';
import { expandShellWord } from '../../shell/expand.ts';
import type { ShellWord, SimpleCommand } from '../../shell/model.ts';
import { createVariables, type Variables } from '../environment.ts';
import type { MountedFiles } from '../mounts.ts';
import { resolve } from '../paths.ts';
import type { StageState, Walk } from '../state.ts';

/** One shell of a RUN while its commands are followed: the script itself, or a subshell with state of its own. */
export interface Frame {
  readonly env: Variables;
  /** Variables the shell alone sees, as they were set and not exported. */
  readonly local: Set<string>;
  /** After `set -a`. */
  exportsAll: boolean;
  cwd: Known<string>;
}

/** All of one RUN. */
export interface Running {
  readonly run: RunInstruction;
  readonly state: StageState;
  readonly walk: Walk;
  readonly mounted: MountedFiles;
  /** By subshell path. */
  readonly frames: Map<string, Frame>;
}

/** The shell a command runs in; a subshell starts as a copy of the one around it. */
export const frameOf = (running: Running, scope: readonly number[]): Frame => {
  const key = scope.join('.');
  const existing = running.frames.get(key);
  if (existing) return existing;
  const parent = scope.length === 0 ? undefined : frameOf(running, scope.slice(0, -1));
  const frame: Frame = {
    env: createVariables((parent?.env ?? running.state.env).view()),
    local: new Set(parent?.local ?? []),
    exportsAll: parent?.exportsAll ?? false,
    cwd: parent?.cwd ?? running.state.workdir,
  };
  running.frames.set(key, frame);
  return frame;
};

/** The environment a command gets: exported variables and its own prefix. */
export const environmentOf = (command: SimpleCommand, frame: Frame): Variables => {
  if (command.assignments.length === 0 && frame.local.size === 0) return frame.env;
  const env = createVariables(frame.env.view());
  for (const name of frame.local) env.set(name, undefined);
  for (const { name, value } of command.assignments) {
    env.set(name, value ? expandShellWord(value, frame.env.get) : { known: true, value: '', because: [] });
  }
  return env;
};

/** A word of the command, expanded. */
export const wordValue = (word: ShellWord, frame: Frame): Known<string> => expandShellWord(word, frame.env.get);

/** A path as the command means it. */
export const pathValue = (word: ShellWord, frame: Frame): Known<string> => {
  const value = wordValue(word, frame);
  if (!value.known) return unknown;
  if (value.value.startsWith('/')) return { ...value, value: resolve('/', value.value) };
  return frame.cwd.known ? { ...value, value: resolve(frame.cwd.value, value.value) } : unknown;
};

/** The command's name without its folder; undefined when it is not known. */
export const programOf = (command: SimpleCommand, frame: Frame): string | undefined => {
  const first = command.words[0];
  if (!first) return undefined;
  // `[` is a program and no pattern.
  if (/^\[\[?$/.test(first.raw)) return first.raw;
  const name = wordValue(first, frame);
  return name.known ? name.value : undefined;
};

/** The words after the name that are no flags, expanded as paths. */
export const operandPaths = (command: SimpleCommand, frame: Frame): readonly Known<string>[] =>
  command.words
    .slice(1)
    .filter(({ raw }) => !raw.startsWith('-'))
    .map((word) => pathValue(word, frame));
