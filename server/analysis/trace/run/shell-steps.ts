import { certain, unknown } from '../../known.ts';
import { expandShellWord } from '../../shell/expand.ts';
import type { SimpleCommand } from '../../shell/model.ts';
import { basename, below, join, resolve } from '../paths.ts';
import type { Rewritten, ShellStep } from '../shell-step.ts';
import { environmentOf, type Frame, operandPaths, type Running } from './frame.ts';
import { moduleAt } from './go-module.ts';
import { isForeignManager } from './package-managers.ts';

const rewriters: ReadonlySet<string> = new Set(['chmod', 'chown', 'chgrp', 'mv', 'setcap', 'strip', 'touch', 'upx']);

/** Where the Go binaries of folders that were copied whole lie now. */
const copiedFolders = ({ state }: Running): readonly string[] =>
  state.copies.flatMap(({ from, sources, destination }) => {
    if (!from || from === 'unknown' || !destination.known) return [];
    return sources.flatMap((source) =>
      from.goFiles.flatMap(({ path }) => {
        const rest = source.known ? below(resolve('/', source.value), path) : undefined;
        return rest ? [join(destination.value, rest)] : [];
      }),
    );
  });

const placedAt = (path: string, running: Running): readonly Rewritten[] => {
  const { mounted, state } = running;
  const found = mounted.files.lookup(path);
  if (found.state === 'present') return [{ path, origin: found.origin }];
  if (found.state !== 'folder') return [];
  const inherited = state.base.kind === 'stage' ? state.base.stage.goFiles.map((file) => file.path) : [];
  return [...new Set([...inherited, ...mounted.files.goPaths, ...copiedFolders(running)])].flatMap((each) => {
    const file = below(path, each) === undefined ? undefined : mounted.files.lookup(each);
    return file?.state === 'present' && file.origin.kind === 'go' ? [{ path: each, origin: file.origin }] : [];
  });
};

const rewritesOf = (program: string, command: SimpleCommand, frame: Frame, running: Running): readonly Rewritten[] => {
  if (!rewriters.has(program) || command.runs !== 'always') return [];
  const paths = operandPaths(command, frame);
  // The target of mv is not read.
  const read = program === 'mv' ? paths.slice(0, -1) : paths;
  return read.flatMap((path) => (path.known ? placedAt(path.value, running) : []));
};

/** Programs that start go by targets of a file beside go.mod. */
const builders: ReadonlySet<string> = new Set(['make', 'gmake', 'mage', 'task', 'just']);

const moduleOf = (program: string, { words }: SimpleCommand, { cwd }: Frame, running: Running): ShellStep['module'] => {
  const { state, mounted, walk } = running;
  const moves = words.some(({ raw }) => /^(-C|-f|-d|--(directory|file|makefile|dir|taskfile|justfile))/.test(raw));
  if (!builders.has(program) || moves || !cwd.known || state.moduleEdited) return undefined;
  return moduleAt(cwd.value, mounted.files, walk.project)?.module;
};

/** Records a command, before its effect on the files. */
export const recordCommand = (program: string, command: SimpleCommand, frame: Frame, running: Running): void => {
  const env = environmentOf(command, frame).view();
  const { get } = frame.env.view();
  const { cwd } = frame;
  running.state.commands.push({
    program: basename(program),
    command,
    run: running.run,
    isForeign: isForeignManager(command, frame, running),
    module: moduleOf(basename(program), command, frame, running),
    env,
    text: (word) => expandShellWord(word, get),
    path: (word) => {
      const value = expandShellWord(word, get);
      if (!value.known) return unknown;
      if (value.value.startsWith('/')) return certain(resolve('/', value.value), value.because);
      return cwd.known ? certain(resolve(cwd.value, value.value), value.because) : unknown;
    },
    rewrites: rewritesOf(program, command, frame, running),
  });
};
