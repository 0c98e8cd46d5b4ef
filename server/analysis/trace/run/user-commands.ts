import type { SimpleCommand } from '../../shell/model.ts';
import type { StageState } from '../state.ts';
import { type Frame, type Running, wordValue } from './frame.ts';

/** Short options of useradd and of busybox's adduser that take the next word. */
const shortWithValue = /^-\w*[bcdefghGkKpRPsuZ]$/;
const longWithValue = /^--(uid|gid|home|home-dir|shell|comment|gecos|ingroup|groups|base-dir|skel|password)$/;
const longAlone =
  /^--(disabled-password|disabled-login|system|no-create-home|create-home|group|no-user-group|user-group|no-log-init|quiet)$/;

const homeOption = /^(-\w*[hd]|--home(-dir)?)$/;
/** Options after which the home folder is another one than `/home/NAME`. */
const otherHome = /^(--base-dir|--system|-\w*b)/;

interface Asked {
  readonly uid: string | undefined;
  /** Undefined for the usual one. */
  readonly home: string | undefined;
  readonly operands: readonly string[];
}

/** The uid that is asked for, and what is no option; undefined for options that nobody listed. */
const askedFor = (words: readonly string[]): Asked | undefined => {
  const operands: string[] = [];
  let uid: string | undefined;
  let home: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) operands.push(word);
    else if (word.startsWith('--uid=')) uid = word.slice('--uid='.length);
    else if (/^--home(-dir)?=/.test(word)) home = word.slice(word.indexOf('=') + 1);
    else if (shortWithValue.test(word) || longWithValue.test(word)) {
      at++;
      if (/^(-\w*u|--uid)$/.test(word)) uid = words[at];
      if (homeOption.test(word)) home = words[at];
    } else if (word.startsWith('--') && !longAlone.test(word) && !word.includes('=')) return undefined;
  }
  return { uid, home, operands };
};

const forget = (state: StageState): void => {
  state.users.clear();
  state.homes.clear();
  state.usersListed = false;
};

/** `adduser -u 10001 app` and `useradd --uid 10001 app`: the user has that uid. */
const addUser = (command: SimpleCommand, frame: Frame, { state }: Running): void => {
  const words = command.words.slice(1).map((word) => wordValue(word, frame));
  const asked = askedFor(words.map((word) => (word.known ? word.value : '')));
  const [name, ...others] = asked?.operands ?? [];
  if (!asked || !name || words.some((word) => !word.known)) {
    forget(state);
    return;
  }
  const uid = asked.uid ?? '';
  // Who builds may pass another one for a variable.
  const isWritten = words.every((word, at) => {
    const isVariable = command.words[at + 1]?.raw.includes('$') === true;
    return !isVariable || !word.known || (word.value !== uid && !word.value.endsWith(`=${uid}`));
  });
  if (command.runs === 'always' && others.length === 0 && isWritten && /^\d+$/.test(uid)) {
    state.users.set(name, Number(uid));
  } else {
    state.users.delete(name);
    state.usersListed = false;
  }
  const hasOtherHome = words.some((word) => word.known && otherHome.test(word.value));
  if (command.runs === 'always' && others.length === 0 && !hasOtherHome)
    state.homes.set(name, asked.home ?? `/home/${name}`);
  else state.homes.delete(name);
};

/** Commands that change the table of users. */
export const traceUsers = (program: string, command: SimpleCommand, frame: Frame, running: Running): void => {
  if (program === 'adduser' || program === 'useradd') addUser(command, frame, running);
  if (/^(usermod|userdel|deluser|vipw|chpasswd)$/.test(program)) forget(running.state);
};
