import type { RunInstruction } from '../../dockerfile/model.ts';
import { goCommandOf } from '../../go/command.ts';
import { stepsOf } from '../../known.ts';
import { commandsOfRun } from '../../shell/commands.ts';
import type { SimpleCommand } from '../../shell/model.ts';
import { mountedFiles } from '../mounts.ts';
import { basename } from '../paths.ts';
import type { StageState, Walk } from '../state.ts';
import { withoutEnv } from './env-command.ts';
import { fileCommands } from './file-commands.ts';
import { type Frame, frameOf, operandPaths, pathValue, programOf, type Running, wordValue } from './frame.ts';
import { traceGo } from './go-commands.ts';
import { isPackageCommand, tracePackages } from './package-commands.ts';
import { reachOf } from './plain-commands.ts';
import { recordCommand } from './shell-steps.ts';
import { traceUsers } from './user-commands.ts';

const blurEverything = ({ state, mounted }: Running): void => {
  state.opaque = true;
  mounted.files.blur('/');
};

const redirectTargets = (command: SimpleCommand, frame: Frame, running: Running): void => {
  for (const { operator, target } of command.redirects) {
    if (!target || !operator.includes('>')) continue;
    const path = pathValue(target, frame);
    if (!path.known) continue;
    if (path.value.startsWith('/dev/')) continue;
    if (command.runs === 'always') running.mounted.files.put(path.value, { kind: 'run' }, []);
    else running.mounted.files.blur(path.value);
    if (basename(path.value) === 'go.mod') running.state.moduleEdited = true;
  }
};

/** Assignments without a command stay in the shell, and in it alone unless the variable is exported already. */
const assign = (command: SimpleCommand, frame: Frame): void => {
  for (const { name, value } of command.assignments) {
    if (frame.env.get(name) === undefined && !frame.exportsAll) frame.local.add(name);
    const expanded = value ? wordValue(value, frame) : ({ known: true, value: '', because: [] } as const);
    frame.env.set(name, command.runs === 'always' ? expanded : { known: false });
  }
};

const exportWords = (command: SimpleCommand, frame: Frame): void => {
  for (const word of command.words.slice(1)) {
    const [, name, equals] = /^(\w+)(=?)/.exec(word.raw) ?? [];
    if (!name) continue;
    frame.local.delete(name);
    if (!equals) continue;
    const whole = wordValue(word, frame);
    const value = whole.known
      ? { known: true as const, value: whole.value.slice(name.length + 1), because: stepsOf(whole) }
      : whole;
    frame.env.set(name, command.runs === 'always' ? value : { known: false });
  }
};

/** A path named by an unknown command may be a file it writes, a folder it fills, or its sibling (`-o out.gz`). */
const blurNamed = (reach: 'adds' | 'named', command: SimpleCommand, frame: Frame, running: Running): void => {
  const { files } = running.mounted;
  const change = reach === 'adds' ? files.addTo : files.blur;
  if (frame.cwd.known) change(frame.cwd.value);
  else blurEverything(running);
  for (const word of command.words.slice(1)) {
    const tail = word.raw.replace(/^-[\w-]*=?/, '');
    if (!/^["']?(\/|\.\.\/|\$|~)/.test(tail)) continue;
    const path = pathValue({ ...word, raw: tail }, frame);
    if (path.known) change(path.value);
    else if (tail.startsWith('$') || tail.startsWith('"$')) change('/');
  }
  for (const path of operandPaths(command, frame)) if (path.known) change(path.value);
};

const isShellWithScript = (program: string, command: SimpleCommand): boolean =>
  /^(sh|bash|ash|dash|zsh|eval)$/.test(basename(program)) &&
  (basename(program) === 'eval' || command.words.some(({ raw }) => /^-\w*c\w*$/.test(raw)));

const traceVariables = (program: string, command: SimpleCommand, frame: Frame): void => {
  const words = command.words.slice(1);
  if (program === 'export') exportWords(command, frame);
  if (program === 'set' && words.some(({ raw }) => /^-\w*a\w*$|^allexport$/.test(raw))) frame.exportsAll = true;
  if (program === 'unset') for (const { raw } of words) frame.env.set(raw, undefined);
};

const traceCommand = (written: SimpleCommand, running: Running, flattened: boolean): void => {
  const command = withoutEnv(written);
  const frame = frameOf(running, command.scope);
  redirectTargets(command, frame, running);
  if (command.words.length === 0) {
    assign(command, frame);
    return;
  }
  const program = programOf(command, frame);
  if (program === undefined) {
    blurEverything(running);
    return;
  }
  const go = goCommandOf(command);
  if (go) {
    traceGo(go, frame, running);
    return;
  }
  recordCommand(program, command, frame, running);
  traceVariables(program, command, frame);
  traceUsers(program, command, frame, running);
  const effect = fileCommands.get(program);
  if (effect) {
    effect(command, frame, running);
    return;
  }
  if (isPackageCommand(program)) {
    tracePackages(program, command, frame, running);
    return;
  }
  // `sh -c '…'` whose script was read is followed command by command.
  if (flattened && isShellWithScript(program, command)) return;
  const reach = reachOf(
    program,
    command.words.map(({ raw }) => raw),
  );
  if (command.words.some(({ raw }) => /(^|\/)go\.mod$/.test(raw)) && reach !== 'nothing')
    running.state.moduleEdited = true;
  // A sourced script and eval set variables of this shell.
  if (/^(\.|source|eval)$/.test(program)) frame.env.openUp();
  if (reach === 'everything') blurEverything(running);
  else if (reach !== 'nothing') blurNamed(reach, command, frame, running);
};

/** RUN: follows every simple command; what cannot be followed makes files unknown, never wrong. */
export const traceRun = (run: RunInstruction, state: StageState, walk: Walk): void => {
  const script = commandsOfRun(run, walk.dockerfile);
  const mounted = mountedFiles(run, state, walk);
  const running: Running = { run, state, walk, mounted, frames: new Map() };
  if (run.form.kind === 'shell' && state.shell === undefined) {
    blurEverything(running);
    return;
  }
  for (const command of script.commands) traceCommand(command, running, script.complete);
  if (!script.complete) blurEverything(running);
};
