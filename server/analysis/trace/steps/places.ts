import { expandWord } from '../../dockerfile/expand.ts';
import type { ShellInstruction, WordsInstruction } from '../../dockerfile/model.ts';
import { certain, stepsOf, unknown } from '../../known.ts';
import { basename, resolve } from '../paths.ts';
import type { StageState, Walk } from '../state.ts';

/** WORKDIR: relative to the one before; the folder is made. */
export const traceWorkdir = (instruction: WordsInstruction, state: StageState, walk: Walk): void => {
  const word = instruction.words[0];
  if (!word) return;
  const path = expandWord(word.raw, state.env.get, walk.dockerfile.escape);
  if (!path.known || (!path.value.startsWith('/') && !state.workdir.known)) {
    state.workdir = unknown;
    return;
  }
  if (/^[A-Za-z]:|\\/.test(path.value)) {
    state.workdir = unknown;
    return;
  }
  const from = state.workdir.known ? state.workdir.value : '/';
  state.workdir = certain(resolve(from, path.value), path.because);
  state.files.putFolder(state.workdir.value);
  state.madeFolders.push({ instruction, path: state.workdir.value });
};

/** USER. */
export const traceUser = (instruction: WordsInstruction, state: StageState, walk: Walk): void => {
  const word = instruction.words[0];
  if (!word) return;
  const user = expandWord(word.raw, state.env.get, walk.dockerfile.escape);
  state.user = user.known ? certain(user.value, stepsOf(user)) : unknown;
  state.userSetBy = instruction;
};

const posix = new Set(['sh', 'bash', 'ash', 'dash', 'ksh', 'zsh', 'busybox']);

/** SHELL: only POSIX shells are understood. */
export const traceShell = (instruction: ShellInstruction, state: StageState): void => {
  const program = instruction.words[0]?.raw ?? '';
  state.shell = posix.has(basename(program)) ? program : undefined;
};
