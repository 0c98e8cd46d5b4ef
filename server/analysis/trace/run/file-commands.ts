import type { SimpleCommand } from '../../shell/model.ts';
import type { FileTree } from '../file-tree.ts';
import { basename, join, resolve } from '../paths.ts';
import { type Frame, operandPaths, type Running, wordValue } from './frame.ts';

type Effect = (command: SimpleCommand, frame: Frame, running: Running) => void;

const blurCwd = (frame: Frame, files: FileTree): void => files.blur(frame.cwd.known ? frame.cwd.value : '/');

const each = (write: (files: FileTree, path: string) => void): Effect => {
  return (command, frame, running) => {
    const { files } = running.mounted;
    for (const path of operandPaths(command, frame)) {
      if (!path.known) blurCwd(frame, files);
      else if (command.runs === 'always') write(files, path.value);
      else files.addTo(path.value);
    }
  };
};

/** `rm -rf *.tmp`: what a pattern or an unknown word takes away is unknown. */
const remove: Effect = (command, frame, running) => {
  for (const path of operandPaths(command, frame)) {
    if (!path.known) blurCwd(frame, running.mounted.files);
    else if (command.runs === 'always') running.mounted.files.remove(path.value);
    else running.mounted.files.blur(path.value);
  }
};

const transfer = (files: FileTree, source: string, target: string, move: boolean): void => {
  const found = files.lookup(source);
  const into = files.lookup(target).state === 'folder' ? join(target, basename(source)) : target;
  if (found.state === 'present') files.put(into, found.origin, found.because);
  else if (found.state === 'folder') files.blur(into);
  else files.blur(target);
  if (move && found.state === 'present') files.remove(source);
};

const copyOrMove = (move: boolean): Effect => {
  return (command, frame, running) => {
    const { files } = running.mounted;
    const paths = operandPaths(command, frame);
    const target = paths.at(-1);
    const hasTargetFlag = command.words.some(({ raw }) => /^(-t|--target-directory)/.test(raw));
    if (paths.length < 2 || hasTargetFlag || paths.some((path) => !path.known) || !target?.known) {
      files.blur('/');
      return;
    }
    const slash = /\/\.?$/.test(command.words.at(-1)?.raw ?? '');
    if (slash || paths.length > 2) files.putFolder(target.value);
    for (const source of paths.slice(0, -1)) {
      if (!source.known) continue;
      if (command.runs === 'always') transfer(files, source.value, target.value, move);
      else files.blur(target.value);
    }
  };
};

/** `install -Dm755 app /usr/bin/app` copies; `install -d` makes folders. */
const install: Effect = (command, frame, running) => {
  const { files } = running.mounted;
  const words = command.words.slice(1);
  const isValue = (at: number): boolean => /^(-\w*[mogS]|--(mode|owner|group|suffix))$/.test(words[at - 1]?.raw ?? '');
  const kept = words.filter(({ raw }, at) => !isValue(at) && !/^-\w*[mogS]$/.test(raw));
  const plain = { ...command, words: [...command.words.slice(0, 1), ...kept] };
  const makesFolders = words.some(({ raw }) => /^(-\w*d\w*|--directory)$/.test(raw));
  if (!makesFolders) copyOrMove(false)(plain, frame, running);
  else for (const path of operandPaths(plain, frame)) if (path.known) files.putFolder(path.value);
};

/** `ln -s target name`: the name leads to what lies at the target, which for a symbolic link is seen from the name's folder. */
const link: Effect = (command, frame, running) => {
  const { files } = running.mounted;
  const operands = command.words.slice(1).filter(({ raw }) => !raw.startsWith('-'));
  const [target, name] = operandPaths(command, frame);
  if (operands.length !== 2 || !target?.known || !name?.known) {
    blurCwd(frame, files);
    return;
  }
  const symbolic = command.words.some(({ raw }) => /^-\w*s|^--symbolic$/.test(raw));
  const relative = symbolic && operands[0] && !/^["']?\//.test(operands[0].raw);
  const into = files.lookup(name.value).state === 'folder' || /\/$/.test(operands[1]?.raw ?? '');
  const path = into ? join(name.value, basename(target.value)) : name.value;
  const value = operands[0] && wordValue(operands[0], frame);
  const found = files.lookup(relative && value?.known ? resolve(join(path, '..'), value.value) : target.value);
  if (command.runs === 'always' && found.state === 'present') files.put(path, found.origin, found.because);
  else files.blur(path);
};

const changeFolder: Effect = (command, frame) => {
  const word = command.words[1];
  const path = word ? wordValue(word, frame) : undefined;
  const home = frame.env.get('HOME');
  if (!word) frame.cwd = home ?? { known: false };
  else if (command.runs === 'maybe' || !path?.known) frame.cwd = { known: false };
  else if (path.value.startsWith('/')) frame.cwd = { ...path, value: resolve('/', path.value) };
  else frame.cwd = frame.cwd.known ? { ...path, value: resolve(frame.cwd.value, path.value) } : { known: false };
};

/** Commands whose whole effect on files is known. */
export const fileCommands: ReadonlyMap<string, Effect> = new Map([
  ['mkdir', each((files, path) => files.putFolder(path))],
  ['touch', each((files, path) => files.put(path, { kind: 'run' }, []))],
  ['tee', each((files, path) => files.put(path, { kind: 'run' }, []))],
  ['rm', remove],
  ['rmdir', remove],
  ['cp', copyOrMove(false)],
  ['mv', copyOrMove(true)],
  ['install', install],
  ['ln', link],
  ['cd', changeFolder],
]);
